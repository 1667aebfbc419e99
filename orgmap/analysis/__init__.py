"""What it means: graphs, measures, findings, repairs and layouts of a document. No Qt."""
