// Names: the important first, each only where it covers nothing that matters, with a halo of the ground.

const LETTER = 7.2, MOST_LETTERS = 22, CELL = 5, MOST_GIVEN_WAY = 800, FAR_NAMES = 40;
const MOST_PIXELS = 12e6; // of a part of the map for which words are placed at once
const CAPTIONED = 1500; // lines in view up to which there is room for signs of channels and words beside them
const SIDES = [[0, 1], [0, -1], [1, 0], [-1, 0]]; // below, above, right, left

const ruler = unseen().getContext("2d");
const widths = new Map();

function widthOf(word, size, weight) {
  const key = weight + word;
  if (!widths.has(key)) {
    ruler.font = `${weight} 20px ${FONT}`;
    widths.set(key, ruler.measureText(word).width / 20);
  }
  return widths.get(key) * size;
}

// The word, or the longest of it with its middle left out that is no wider than `most` pixels.
function fitted(word, size, weight, most) {
  if (widthOf(word, size, weight) <= most) return word;
  const signs = [...word];
  let low = 1, high = signs.length - 1, best = "\u2026";
  while (low <= high) {
    const middle = (low + high) >> 1, head = Math.ceil((middle - 1) / 2);
    const cut = `${signs.slice(0, head).join("").trimEnd()}\u2026${signs.slice(signs.length - (middle - 1 - head)).join("").trimStart()}`;
    if (widthOf(cut, size, weight) <= most) { best = cut; low = middle + 1; } else high = middle - 1;
  }
  return best;
}

// Which cells of the view are taken, and how much of lines runs through each.
class Room {
  constructor(view) {
    this.wide = Math.ceil(view.width / CELL) + 1;
    this.high = Math.ceil(view.height / CELL) + 1;
    this.taken = new Uint8Array(this.wide * this.high);
    this.ink = null;
  }

  *cells(x0, y0, x1, y1) {
    const left = Math.max(0, Math.floor(x0 / CELL)), right = Math.min(this.wide - 1, Math.floor(x1 / CELL));
    const low = Math.min(this.high - 1, Math.floor(y1 / CELL));
    for (let row = Math.max(0, Math.floor(y0 / CELL)); row <= low; row++) for (let at = left; at <= right; at++) yield row * this.wide + at;
  }

  free(...spot) { for (const cell of this.cells(...spot)) if (this.taken[cell]) return false; return true; }
  take(...spot) { for (const cell of this.cells(...spot)) this.taken[cell] = 1; }

  draw(way) {
    this.ink ??= new Uint16Array(this.wide * this.high);
    const steps = Math.ceil((Math.hypot(way.x1 - way.x0, way.y1 - way.y0) * 1.1) / CELL);
    for (let step = 0; step <= steps; step++) {
      const [x, y] = pointOf(way, step / Math.max(steps, 1)), at = Math.floor(x / CELL), row = Math.floor(y / CELL);
      if (at >= 0 && row >= 0 && at < this.wide && row < this.high) this.ink[row * this.wide + at]++;
    }
  }

  under(...spot) {
    let found = 0;
    if (this.ink) for (const cell of this.cells(...spot)) found += this.ink[cell];
    return found * CELL;
  }
}

// What is written where, for a part of the map that holds the view: it stays while the map is only moved.
let written = null;

function paintNames(ctx, view) {
  const part = partOf(view), key = [part.scale, part.x, part.y, part.width, part.height, version].join();
  if (written?.key !== key) written = { key, words: placedWords(part) };
  const dx = across(view, 0) - across(part, 0), dy = down(view, 0) - down(part, 0);
  ctx.setLineDash([]);
  for (const one of written.words) {
    const x = one.x + dx, y = one.y + dy;
    if (!inView(view, x - one.half, y - one.size, x + one.half, y + one.size)) continue;
    if (one.plate) {
      ctx.fillStyle = one.ground;
      ctx.beginPath();
      ctx.roundRect(x - one.half - 1, y - one.size * 0.7, 2 * one.half + 2, one.size * 1.4, one.size * 0.7);
      ctx.fill();
    } else {
      ctx.font = `${one.weight} ${one.size}px ${FONT}`;
      ctx.textAlign = "center";
      ctx.textBaseline = "alphabetic";
      ctx.lineJoin = "round";
      ctx.lineWidth = 4;
      ctx.strokeStyle = one.ground;
      ctx.strokeText(one.word, x, y + one.size * 0.36);
    }
    write(ctx, one.word, x, y, one.size, one.colour, one.weight);
  }
}

// The whole map at this magnification, or where that is too much, the tiles of it that the view touches.
function partOf(view) {
  const wide = (bounds[2] - bounds[0] + 100) * view.scale, high = (bounds[3] - bounds[1] + 100) * view.scale;
  if (wide * high <= MOST_PIXELS) return { scale: view.scale, x: (bounds[0] + bounds[2]) / 2, y: (bounds[1] + bounds[3]) / 2, width: wide, height: high };
  const tile = 1000 / view.scale, edge = (middle, size, side) => Math[side < 0 ? "floor" : "ceil"]((middle + (side * size) / 2 / view.scale) / tile) * tile;
  const [x0, x1] = [-1, 1].map((side) => edge(view.x, view.width, side)), [y0, y1] = [-1, 1].map((side) => edge(view.y, view.height, side));
  return { scale: view.scale, x: (x0 + x1) / 2, y: (y0 + y1) / 2, width: (x1 - x0) * view.scale, height: (y1 - y0) * view.scale };
}

function placedWords(view) {
  const room = new Room(view), few = everyLink <= MOST_GIVEN_WAY, ways = [], rows = rowsIn(view), words = [];
  if (view.scale * 17 >= 5) for (const row of rows) {
    const x = across(view, people.x[row]), y = down(view, people.y[row]), r = people.r[row] * view.scale * 0.8;
    room.take(x - r, y - r, x + r, y + r);
  }
  if (few || view.scale >= 0.6) for (let row = 0; row < everyLink; row++) {
    if (!drawn[row] || off[row]) continue;
    const way = wayOf(view, row);
    if (!inView(view, Math.min(way.x0, way.x1), Math.min(way.y0, way.y1), Math.max(way.x0, way.x1), Math.max(way.y0, way.y1))) continue;
    if (few) room.draw(way);
    ways.push([row, way]);
  }
  nameModules(words, view, room);
  namePeople(words, view, room, rows);
  if (ways.length <= CAPTIONED) signLines(words, view, room, ways);
  return words;
}

function nameModules(written, view, room) {
  const size = Math.max(13 * grown(view, 0.5, 1.6), 11), tab = 34 * view.scale, inset = 16 * grown(view, 0.4, 1.4);
  const area = (row) => { const [x0, y0, x1, y1] = modules[row].rect; return (x1 - x0) * (y1 - y0); };
  for (const row of [...outermostFirst].sort((a, b) => area(b) - area(a))) {
    const module = modules[row];
    if (moduleGone[row] || !module.name) continue;
    const [x0, y0, x1, y1] = boxOf(view, module.rect), inTab = tab >= size * 1.25 && !module.shut;
    if (!inView(view, x0, y0, x1, y1)) continue;
    const most = inTab ? x1 - x0 - 2 * inset : (MOST_LETTERS * LETTER * size) / 13;
    if (most < 3 * size || x1 - x0 < 2 * size) continue;
    const word = fitted(module.name, size, 600, most), half = widthOf(word, size, 600) / 2;
    let x = (x0 + x1) / 2, y = module.shut ? y1 + size * 0.95 : y0 + size * 0.2;
    if (inTab) { x = x0 + inset + half; y = y0 + Math.min(tab / 2 + 2, 26 * grown(view, 0.5, 1.6)); }
    if (!inTab && !room.free(x - half, y - size * 0.6, x + half, y + size * 0.6)) continue;
    room.take(x - half - size / 2, y - size * 0.6, x + half + size / 2, y + size * 0.6);
    const [fill, line] = theme.modules[module.hue % theme.modules.length];
    written.push({ word, x, y, size, half, weight: 600, colour: line, ground: inTab ? fill : theme.colours.ground });
  }
}

function namePeople(written, view, room, rows) {
  const size = Math.max(13 * grown(view, 0.4, 1.6), 11), most = (MOST_LETTERS * LETTER * size) / 13;
  let budget = view.scale * 17 < 5 ? FAR_NAMES : rows.length;
  const far = view.scale < 0.16, rank = (row) => (stands[row] > PLAIN ? stands[row] : 0);
  const wanted = far ? rows.filter((row) => stands[row] >= LIT) : [...rows];
  wanted.sort((a, b) => rank(b) - rank(a) || busy[b] - busy[a] || a - b);
  for (const row of wanted) {
    const stand = stands[row], name = people.name[row];
    if (!name) continue;
    if (stand < LIT && budget <= 0) break;
    const weight = stand >= LIT ? 600 : 400, word = fitted(name, size, weight, most), half = widthOf(word, size, weight) / 2;
    const r = Math.max(people.r[row] * view.scale, 2.6), x = across(view, people.x[row]), y = down(view, people.y[row]);
    const frame = people.home[row] >= 0 ? modules[people.home[row]].rect : null;
    const edge = frame && boxOf(view, frame);
    const places = SIDES.map(([dx, dy], side) => {
      const px = x + dx * (r + size * 0.7 + half), py = y + (dy > 0 ? r + size * 0.98 : dy < 0 ? -r - size * 1.25 : 0);
      const ink = room.under(px - half, py - size * 0.4, px + half, py + size * 0.4) / size;
      return { px, py, cost: dx ? ink * 3 + 0.3 : ink + 0.2 * side, inside: !dx || !edge || (px + half < edge[2] && px - half > edge[0]) };
    }).filter((place, side) => place.inside && (room.ink || side < 2)).sort((a, b) => a.cost - b.cost);
    for (const { px, py } of places) {
      const spot = [px - half, py - size * 0.5, px + half, py + size * 0.5];
      if (stand !== SUBJECT && !room.free(...spot)) continue;
      room.take(...spot);
      written.push({ word, x: px, y: py, size, half, weight, colour: theme.colours[stand === FADED ? "faded_text" : "text"], ground: theme.colours.ground });
      budget--;
      break;
    }
  }
}

// The small sign of its channel on each line, and what it says if the view shows that.
function signLines(written, view, room, ways) {
  const size = Math.max(10 * grown(view, 0.8, 1.8), 9), small = Math.max(11 * grown(view, 0.7, 1.6), 9);
  for (const [row, way] of ways) {
    if (light && !lit[row]) continue;
    const length = Math.hypot(way.x1 - way.x0, way.y1 - way.y0), sign = data.signs[links.channel[row]];
    const marks = marksOf(row).length, off = marks ? (((marks - 1) / 2) * 15 * grown(view, 0.6, 2) + 9 + size) / length : 0;
    if (sign && view.scale >= 0.8 && length > 5 * size && off < 0.3) {
      const half = widthOf(sign, size, 600) / 2 + 0.25 * size;
      for (const share of [0.5 - off, 0.5 + off, 0.36, 0.64]) {
        const [x, y] = pointOf(way, share);
        if (!room.free(x - half, y - size * 0.7, x + half, y + size * 0.7)) continue;
        room.take(x - half, y - size * 0.7, x + half, y + size * 0.7);
        written.push({ word: sign, x, y, size, half, weight: 600, colour: theme.colours.quiet, ground: theme.colours.node, plate: true });
        break;
      }
    }
    const said = links.labels && view.scale >= 0.6 ? links.says[links.said[row]] : "";
    if (!said || length < 1.3 * widthOf(said, small, 400)) continue;
    const wide = widthOf(said, small, 400) / 2;
    for (const share of [0.5, 0.36, 0.64, 0.24, 0.76]) {
      const [x, y] = pointOf(way, share), above = y - small * 0.9;
      if (!room.free(x - wide, above - small / 2, x + wide, above + small / 2)) continue;
      room.take(x - wide, above - small / 2, x + wide, above + small / 2);
      written.push({ word: said, x, y: above, size: small, half: wide, weight: 400, colour: theme.colours.quiet, ground: theme.colours.ground });
      break;
    }
  }
}
