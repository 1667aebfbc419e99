"""orgmap: draw who talks to whom, see where communication breaks, try the repair.

The plan of the house, from the cellar up; a room imports only from rooms above it in this list:

    errors, progress, i18n, assets   words, waiting, texts, files that ship
    model      what is: frozen values, documents and changes; no Qt, no networkx, no files
    analysis   what it means: graphs, measures, findings, repairs, layouts; networkx; no Qt
    drawing    how it is drawn: one painter for screen and file; QtGui, no widgets
    files      how it keeps: the native file, import and export
    cli, ui    the two faces; neither knows the other
"""

__version__ = "0.1.0"
