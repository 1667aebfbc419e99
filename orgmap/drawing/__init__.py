"""How a map is drawn: one painter for the screen and for files, without a window.

style       the tokens of a theme, as colours
fonts       the bundled typeface
camera      which part of the map is seen, and how large
looks       what a view hides, fades, gathers or calls otherwise
lighting    what stands out: evidence, selection, pointer, focus
frames      the rectangles of modules
arcs        where lines run: rim to rim, fanned out, round what stands in their way
strokes     how lines look in a view: left out, pale, gathered into one with a count
things      sticky notes and backdrops: what lies where, which part is hit
scene       a document as arrays, ready to be drawn and hit
painter     a scene on any QPainter
labels      names, where they cover nothing that matters
captions    what links say, beside their lines, and the signs of channels on them
linemarks   what is said of a link, on the middle of its line
badges      what somebody is, on the rim
legend      what colours, lines and signs mean
kept        a rendered picture that is moved and scaled while the view moves
picture     PNG, SVG, PDF and paper
hidden      a document without names
qt_missing  what to say when Qt cannot be loaded
"""
