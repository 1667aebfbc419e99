// The map on a canvas, from its numbers. `view` says which part: pixels per unit, the middle, the size.

const FADED = 0, PLAIN = 1, LIT = 2, SUBJECT = 3;
const FINEST = 0.42, DENSE = 0.06, PALEST = 0.42, TINTED_BELOW = 0.55, ACROSS = 0.7;
const AT_ONCE = 400; // lines in one path: longer ones are slow to stroke
const ASSUMED = 2, PROPOSED = 4;

const units = (column) => Float32Array.from(column, (value) => value / 10);
const people = { ...data.people, x: units(data.people.x), y: units(data.people.y), r: units(data.people.r) };
const links = { ...data.links, way: units(data.links.way) };
const modules = data.modules.map((module) => ({ ...module, rect: module.rect?.map((side) => side / 10) }));
const bounds = data.bounds.map((side) => side / 10);
const everyone = people.x.length, everyLink = links.a.length;
const digits = (column) => Uint8Array.from(column, Number);
for (const name of ["own", "kind", "both", "dash", "status", "width", "flags"]) links[name] = digits(links[name]);
people.kind = digits(people.kind);
const bows = new Float32Array(2 * everyLink), bent = new Uint8Array(everyLink);
data.links.bent.forEach((row, at) => {
  bent[row] = 1;
  bows[2 * row] = data.links.bow[2 * at] / 10;
  bows[2 * row + 1] = data.links.bow[2 * at + 1] / 10;
});
const standsFor = (row) => links.stands[row] ?? row; // the row drawn in its place, -1 for none
const endsOf = (row) => links.ends[row] ?? [links.a[row], links.b[row]];
const drawn = Uint8Array.from({ length: everyLink }, (_, row) => standsFor(row) === row);
const depths = modules.map((module) => { let deep = 0; for (let up = module.up; up >= 0; up = modules[up].up) deep++; return deep; });
const outermostFirst = modules.map((_, row) => row).filter((row) => modules[row].rect).sort((a, b) => depths[a] - depths[b] || a - b);
const busy = new Int32Array(everyone); // lines at each person: the busiest are named first
for (let row = 0; row < everyLink; row++) if (drawn[row]) for (const end of endsOf(row)) if (end >= 0) busy[end]++;
const images = data.pictures.map((picture) => {
  if (!picture.data) return null;
  const image = new Image();
  image.onload = () => repaint();
  image.src = picture.data;
  return image;
});

// What the reader chose: gone is not drawn at all; `stands` and `lit` are evidence, selection or search.
const gone = new Uint8Array(everyone), off = new Uint8Array(everyLink), moduleGone = new Uint8Array(modules.length);
const stands = new Uint8Array(everyone).fill(PLAIN), lit = new Uint8Array(everyLink);
let litModules = new Set(), light = null, theme = null, groups = null, version = 0;

// What was worked out for what is seen now holds no more.
function forget() { groups = null; version++; }

const drawnAlone = (row) => !gone[row] && people.shut[row] === undefined;

// The lines that share a pen, in the order in which they are drawn: faded, plain, lit.
function pens() {
  if (groups) return groups;
  const found = new Map();
  for (let row = 0; row < everyLink; row++) {
    if (!drawn[row] || off[row]) continue;
    const what = lit[row] ? LIT : light || links.flags[row] & 4 ? FADED : PLAIN;
    const shade = what === PLAIN && links.shade ? links.shade[row] + 1 : 0;
    const hue = shade || what !== PLAIN ? 0 : hueOfLink(row) + 1;
    const key = [what, links.kind[row], links.status[row], links.dash[row], links.width[row], shade, hue].join();
    if (!found.has(key)) found.set(key, { what, kind: links.kind[row], status: links.status[row], dash: links.dash[row], width: links.width[row], shade, hue, rows: [] });
    found.get(key).rows.push(row);
  }
  groups = [...found.values()].sort((a, b) => a.what - b.what);
  return groups;
}

function hueOfLink(row) {
  const [a, b] = endsOf(row).map((end) => (end >= 0 ? people.home[end] : -1 - end));
  return a >= 0 && a === b ? modules[a].hue % 10 : -1;
}

const grown = (view, least, most) => clamp(view.scale, least, most);
const across = (view, x) => (x - view.x) * view.scale + view.width / 2;
const down = (view, y) => (y - view.y) * view.scale + view.height / 2;

// 1, or less where so many lines are on the map that they would merge into one grey, and far away.
function strength(view) {
  const area = (bounds[2] - bounds[0]) * (bounds[3] - bounds[1]) * view.scale ** 2;
  const share = (data.ink * view.scale * grown(view, FINEST, 2)) / Math.max(area, 1);
  const crowded = share <= DENSE ? 1 : Math.ceil((DENSE / share) ** 0.35 * 24) / 24;
  return Math.max(PALEST, crowded * (0.8 + 0.2 * clamp((view.scale - 0.3) / 0.5, 0, 1)));
}

function paintMap(ctx, view) {
  ctx.fillStyle = theme.colours.ground;
  ctx.fillRect(0, 0, view.width, view.height);
  paintPictures(ctx, view);
  for (const row of outermostFirst) if (!modules[row].shut) paintFrame(ctx, view, row);
  paintLinks(ctx, view);
  for (const way of light?.ways ?? []) paintWay(ctx, view, way);
  for (const row of outermostFirst) if (modules[row].shut) paintFrame(ctx, view, row);
  paintPeople(ctx, view);
  paintNames(ctx, view);
  data.notes.forEach((note) => paintNote(ctx, view, note));
}

function paintPictures(ctx, view) {
  data.pictures.forEach((picture, at) => {
    const [x, y, x1, y1] = boxOf(view, picture.rect.map((side) => side / 10));
    const image = images[at];
    if (image?.complete && image.naturalWidth) {
      ctx.globalAlpha = picture.strength;
      ctx.drawImage(image, x, y, x1 - x, y1 - y);
      ctx.globalAlpha = 1;
    } else if (!image) {
      ctx.setLineDash([4, 3]);
      ctx.lineWidth = 1.2;
      ctx.strokeStyle = theme.colours.quiet;
      ctx.strokeRect(x, y, x1 - x, y1 - y);
      ctx.setLineDash([]);
      if (x1 - x > 120) write(ctx, words.broken, (x + x1) / 2, (y + y1) / 2, 13, theme.colours.quiet, 400);
    }
  });
}

const boxOf = (view, [x0, y0, x1, y1]) => [across(view, x0), down(view, y0), across(view, x1), down(view, y1)];
const inView = (view, x0, y0, x1, y1) => x1 >= -24 && y1 >= -24 && x0 <= view.width + 24 && y0 <= view.height + 24;

function paintFrame(ctx, view, row) {
  const module = modules[row], [x, y, x1, y1] = boxOf(view, module.rect);
  if (moduleGone[row] || !inView(view, x, y, x1, y1)) return;
  const [fill, line] = theme.modules[module.hue % theme.modules.length], isLit = litModules.has(row);
  const share = theme.weight > 1 || theme.patterned ? 1 : 0.5;
  ctx.lineWidth = (isLit ? 2.4 : 1.2) * theme.weight * grown(view, 0.7, 1.5);
  ctx.strokeStyle = isLit ? theme.colours[light.token] : mixed(line, fill, share);
  ctx.fillStyle = module.shade === undefined ? fill : theme.grounds[module.shade] ?? theme.colours.ground;
  ctx.setLineDash(module.held === "0" ? [4, 3] : []);
  ctx.beginPath();
  ctx.roundRect(x, y, x1 - x, y1 - y, 14 * Math.min(view.scale, 1.5));
  ctx.fill();
  ctx.stroke();
  ctx.setLineDash([]);
  const pattern = theme.patterned ? module.hue : Math.floor(module.hue / theme.modules.length);
  if (pattern > 0 && x1 - x >= 64) {
    ctx.strokeStyle = mixed(line, fill, 0.17);
    ctx.lineWidth = grown(view, 0.6, 1.5);
    const inset = 4 * Math.min(view.scale, 1.5);
    drawPattern(ctx, x + inset, y + inset, x1 - x - 2 * inset, y1 - y - 2 * inset, pattern, 13 * grown(view, 0.5, 2));
  }
  if (module.shut && x1 - x > 24) write(ctx, module.held, (x + x1) / 2, (y + y1) / 2, Math.min(20 * grown(view, 0.6, 2.5), (y1 - y) / 2), line);
}

function paintLinks(ctx, view) {
  const shade = strength(view);
  for (const group of pens()) {
    const pen = penOf(view, group, shade), marked = [];
    const heads = view.scale >= 0.3 ? pen.head : 0;
    const rails = group.kind === REPORTS && view.scale >= 0.4 ? [-RAIL, RAIL].map((rail) => rail * grown(view, FINEST, 2)) : [0];
    for (let begin = 0; begin < group.rows.length; begin += AT_ONCE) {
      const tips = [];
      ctx.beginPath();
      for (const row of group.rows.slice(begin, begin + AT_ONCE)) {
        const way = wayOf(view, row);
        if (!inView(view, Math.min(way.x0, way.x1, way.cx), Math.min(way.y0, way.y1, way.cy), Math.max(way.x0, way.x1, way.cx), Math.max(way.y0, way.y1, way.cy))) continue;
        linePath(ctx, way, group.kind, heads, links.both[row], rails, tips);
        if (view.scale >= 0.3) marked.push([row, way]);
      }
      ctx.lineWidth = pen.width;
      ctx.strokeStyle = pen.colour;
      ctx.setLineDash(pen.dash);
      ctx.stroke();
      if (!tips.length) continue;
      ctx.beginPath();
      for (const tip of tips) headPath(ctx, group.kind, ...tip, heads);
      drawHeads(ctx, group.kind, pen.width, pen.colour, theme.colours.node);
    }
    for (const [row, way] of marked) paintMarks(ctx, view, row, way, pen.colour);
  }
}

function penOf(view, group, shade) {
  const colours = theme.colours, size = grown(view, FINEST, 2) * theme.weight;
  let colour = colours[["faded", "link", light?.token][group.what]], width = data.widths[group.width] * size;
  let plain = false;
  if (group.what === PLAIN) {
    if (group.status === PROPOSED) colour = colours.accent;
    else if (group.status === ASSUMED) { colour = colours.assumed; width *= 0.75; }
    else if (group.shade) { colour = theme.lines[group.shade - 1]; width = data.widths[Math.min(group.shade - 1, 3)] * size; }
    else if (shade < TINTED_BELOW && group.hue) { colour = theme.modules[group.hue - 1][1]; plain = true; }
    else if (group.kind !== TALKS) colour = colours[group.kind === REPORTS ? "formal" : "needs"];
  }
  if (group.kind === REPORTS) width = Math.min(width, 1.1 * size);
  if (group.what === LIT) {
    width = Math.max(width * 1.45, 1.2);
  } else {
    if (!links.shade) colour = mixed(colour, colours.ground, plain || shade >= TINTED_BELOW ? shade : shade * ACROSS);
    if (shade < TINTED_BELOW) width = Math.min(width, 1);
  }
  let dash = data.dashes[group.dash];
  if (group.status === PROPOSED) dash = data.longDash;
  else if (group.kind === NEEDS) dash = data.needsDots;
  const scaled = (width * 1.3) / data.widths[group.width];
  const head = HEAD * grown(view, 0.55, 2) * (1 + 0.22 * Math.max(0, width - 1.6));
  return { colour, width, head, dash: view.scale >= 0.4 ? dash.map((part) => part * scaled) : [] };
}

function wayOf(view, row) {
  const at = 4 * row, way = links.way;
  const x0 = across(view, way[at]), y0 = down(view, way[at + 1]), x1 = across(view, way[at + 2]), y1 = down(view, way[at + 3]);
  if (!bent[row]) return { x0, y0, x1, y1, cx: (x0 + x1) / 2, cy: (y0 + y1) / 2, bent: false };
  return { x0, y0, x1, y1, cx: across(view, bows[2 * row]), cy: down(view, bows[2 * row + 1]), bent: true };
}

const pointOf = (way, share) => {
  const rest = 1 - share;
  return [rest * rest * way.x0 + 2 * rest * share * way.cx + share * share * way.x1, rest * rest * way.y0 + 2 * rest * share * way.cy + share * share * way.y1];
};

// A line into the path, ending where its heads begin; the heads are gathered in `tips`.
function linePath(ctx, way, kind, head, both, rails, tips) {
  const length = Math.hypot(way.x1 - way.x0, way.y1 - way.y0) || 1e-9;
  const atEnd = head && length > 1.6 * head, atStart = atEnd && both && length > 2.4 * head;
  const cut = head * [0.75, 1, 0.1][kind];
  const away = (x, y) => { const far = Math.hypot(x - way.cx, y - way.cy) || 1e-9; return [(x - way.cx) / far, (y - way.cy) / far]; };
  const [ex, ey] = away(way.x1, way.y1), [sx, sy] = away(way.x0, way.y0);
  if (atEnd) tips.push([way.x1, way.y1, ex, ey]);
  if (atStart) tips.push([way.x0, way.y0, sx, sy]);
  const ax = way.x0 - (atStart ? sx * cut : 0), ay = way.y0 - (atStart ? sy * cut : 0);
  const bx = way.x1 - (atEnd ? ex * cut : 0), by = way.y1 - (atEnd ? ey * cut : 0);
  for (const rail of rails) {
    const ox = (-(way.y1 - way.y0) / length) * rail, oy = ((way.x1 - way.x0) / length) * rail;
    ctx.moveTo(ax + ox, ay + oy);
    if (way.bent) ctx.quadraticCurveTo(way.cx + ox, way.cy + oy, bx + ox, by + oy);
    else ctx.lineTo(bx + ox, by + oy);
  }
}

function marksOf(row) {
  const found = [], status = links.status[row];
  if (links.count[row]) found.push([COUNT, String(links.count[row])]);
  if (links.kind[row] === NEEDS && links.step[row] !== undefined) found.push([STEP, String(links.step[row])]);
  if (status === 3) found.push([DISPUTED, ""]);
  if (status === 1) found.push([CLAIMED, ""]);
  if (links.flags[row] & 1) found.push([ILL_MARK, ""]);
  return found;
}

function paintMarks(ctx, view, row, way, colour) {
  const size = grown(view, 0.6, 2), length = Math.max(Math.hypot(way.x1 - way.x0, way.y1 - way.y0), 1);
  if (links.flags[row] & 2) { // nothing need come back
    const [x, y] = pointOf(way, clamp(1 - (17 * size) / length, 0.5, 1));
    const far = Math.hypot(way.x1 - way.cx, way.y1 - way.cy) || 1e-9;
    const dx = ((way.x1 - way.cx) / far) * 5.5 * size, dy = ((way.y1 - way.cy) / far) * 5.5 * size;
    ctx.beginPath();
    ctx.moveTo(x + dy, y - dx);
    ctx.lineTo(x - dy, y + dx);
    ctx.setLineDash([]);
    ctx.lineWidth = 1.6 * size;
    ctx.strokeStyle = colour;
    ctx.stroke();
  }
  const marks = marksOf(row);
  marks.forEach(([mark, word], place) => {
    const share = clamp(0.5 + ((place - (marks.length - 1) / 2) * 15 * size) / length, 0.1, 0.9);
    drawMark(ctx, mark, ...pointOf(way, share), 6.5 * size, colour, theme, word);
  });
}

// A line that an advice would add: long dashes in the accent.
function paintWay(ctx, view, way) {
  const [x0, y0, cx, cy, x1, y1] = way.slice(0, 6).map((value, at) => (at % 2 ? down : across)(view, value / 10));
  const width = 1.8 * grown(view, 0.6, 2), head = HEAD * grown(view, 0.55, 2), tips = [];
  ctx.beginPath();
  linePath(ctx, { x0, y0, x1, y1, cx, cy, bent: true }, TALKS, head, way[6], [0], tips);
  ctx.lineWidth = width;
  ctx.strokeStyle = theme.colours.accent;
  ctx.setLineDash(data.longDash.map((part) => part * 1.3 * (width / 1.8)));
  ctx.stroke();
  ctx.beginPath();
  for (const tip of tips) headPath(ctx, TALKS, ...tip, head);
  drawHeads(ctx, TALKS, width, theme.colours.accent, theme.colours.node);
}

// Everybody in view, subjects on top.
function rowsIn(view) {
  const rows = [];
  for (let row = 0; row < everyone; row++) {
    if (!drawnAlone(row)) continue;
    const x = across(view, people.x[row]), y = down(view, people.y[row]), r = people.r[row] * view.scale + 24;
    if (inView(view, x - r, y - r, x + r, y + r)) rows.push(row);
  }
  return rows.sort((a, b) => stands[a] - stands[b] || a - b);
}

function paintPeople(ctx, view) {
  const lettered = view.scale * 17 >= 8.5;
  for (const row of rowsIn(view)) {
    const x = across(view, people.x[row]), y = down(view, people.y[row]), look = lookOf(view, row, lettered);
    drawSign(ctx, look, x, y);
    if (!lettered) continue;
    const stand = stands[row];
    const ink = stand === FADED ? theme.colours.faded_text : readable(look.line, look.fill);
    const letter = nodeSign(people.name[row]);
    if (letter) write(ctx, letter, x, y, Math.min(look.radius * 0.76, 60), ink);
    paintBadges(ctx, view, row, x, y, look);
  }
}

const inks = new Map();

function readable(ink, fill) {
  const key = ink + fill, better = [theme.colours.text, theme.colours.ground];
  if (!inks.has(key)) inks.set(key, contrast(ink, fill) >= 4.5 ? ink : better.sort((a, b) => contrast(b, fill) - contrast(a, fill))[0]);
  return inks.get(key);
}

const hueOf = (row) => (people.home[row] >= 0 ? modules[people.home[row]].hue : -1);
const lineOf = (hue) => (hue < 0 ? theme.colours.loose : theme.modules[hue % theme.modules.length][1]);

function lookOf(view, row, lettered) {
  const colours = theme.colours, stand = stands[row], pale = stand === FADED || (people.flags[row] & PALE && !light);
  const measured = people.shade && !pale, shade = measured ? people.shade[row] : -1;
  let line = pale ? colours.faded : lineOf(hueOf(row)), rim = 1.7 * grown(view, 0.5, 2) * theme.weight, ring = null;
  if (pale) rim *= 0.85;
  if (stand >= LIT) rim *= 1.25;
  if (stand === SUBJECT && light) line = ring = colours[light.token];
  const radius = Math.max(people.r[row] * view.scale, 2.6), kind = people.kind[row];
  if (!lettered && !ring && !people.shade) return { kind, radius, rim: 0, line, fill: line };
  const fill = shade >= 0 ? theme.colour[shade] : colours.node;
  return { kind, radius, rim, line, fill, ring, vacant: people.flags[row] & VACANT, hatched: measured && shade < 0 && lettered };
}

const ANGLES = [[LEADS, -135], [DECIDES, -45], [PURPOSE, -90], [NEWCOMER, 140]];

function paintBadges(ctx, view, row, x, y, look) {
  const at = (angle) => [x + Math.cos((angle * Math.PI) / 180) * (look.radius + 0.5), y + Math.sin((angle * Math.PI) / 180) * (look.radius + 0.5)];
  const faded = stands[row] === FADED, colour = faded ? theme.colours.faded : lineOf(hueOf(row));
  for (const [badge, angle] of ANGLES) if (people.flags[row] & badge) drawBadge(ctx, badge, ...at(angle), 5.2 * grown(view, 0.6, 2), colour, theme.colours.node);
  const second = people.second[row];
  if (second === undefined || modules[second].gone) return;
  const [fill, line] = theme.modules[modules[second].hue % theme.modules.length], rim = faded ? theme.colours.faded : line;
  drawSecond(ctx, ...at(40), 6.8 * grown(view, 0.6, 2), rim, fill, moduleLetter(modules[second].name), faded ? theme.colours.faded_text : line);
}

function paintNote(ctx, view, note) {
  const [x0, y0, x1, y1] = note.rect.map((side) => side / 10), wide = x1 - x0, high = y1 - y0;
  const [fill, line] = theme.notes[note.colour % theme.notes.length], fold = Math.min(16, wide / 3, high / 3);
  if (!inView(view, ...boxOf(view, [x0, y0, x1, y1]))) return;
  ctx.save();
  if (light) ctx.globalAlpha = 0.35;
  ctx.translate(across(view, x0), down(view, y0));
  ctx.scale(view.scale, view.scale);
  ctx.lineJoin = "round";
  ctx.lineWidth = (1.4 * grown(view, 0.7, 1.5)) / view.scale;
  ctx.fillStyle = fill;
  ctx.strokeStyle = line;
  ctx.beginPath();
  for (const [x, y] of [[0, 0], [wide, 0], [wide, high - fold], [wide - fold, high], [0, high]]) ctx.lineTo(x, y);
  ctx.closePath();
  ctx.moveTo(wide, high - fold);
  ctx.lineTo(wide - fold, high - fold);
  ctx.lineTo(wide - fold, high);
  ctx.fill();
  ctx.stroke();
  ctx.font = `13px ${FONT}`;
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  ctx.fillStyle = theme.colours.text;
  if (13 * view.scale >= 4.5) note.lines.forEach((words, at) => ctx.fillText(words, 12, 25.7 + 18 * at, wide - 20));
  ctx.restore();
}
