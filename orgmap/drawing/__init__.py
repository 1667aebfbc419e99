"""How a map is drawn: one painter for the screen and for files, without a window.

style       the tokens of a theme, as colours
fonts       the bundled typeface
camera      which part of the map is seen, and how large
lighting    what stands out: evidence, selection, pointer, focus
frames      the rectangles of modules
scene       a document as arrays, ready to be drawn and hit
painter     a scene on any QPainter
legend      what colours, lines and signs mean
kept        a rendered picture that is moved and scaled while the view moves
picture     PNG, SVG and PDF
hidden      a document without names
qt_missing  what to say when Qt cannot be loaded
"""
