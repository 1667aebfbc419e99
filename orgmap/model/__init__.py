"""What is: the map as frozen values, and how one map becomes the next. No Qt, no networkx, no files."""
