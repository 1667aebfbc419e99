const data = JSON.parse(document.getElementById("data").textContent);
const words = data.words;

// Signs, heads, marks and badges: shapes about a point, in pixels. The numbers are those of the program
// (orgmap/drawing: signs, linemarks, badges), so that the page and the window draw the same.

const TALKS = 0, REPORTS = 1, NEEDS = 2;
const ROLE = 1, OUTSIDE = 2, SOURCE = 3;
const LEADS = 1, DECIDES = 2, PURPOSE = 4, NEWCOMER = 8, VACANT = 16, PALE = 32;
const HEAD = 8.5, HEAD_HALF = 3.5, RAIL = 1.7;
const FONT = 'Inter, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif';

// A canvas nobody sees. Only within the page does it write letters as they were typed, as the style says.
function unseen() {
  const found = document.createElement("canvas");
  found.hidden = true;
  document.body.append(found);
  return found;
}

const clamp = (value, least, most) => Math.min(Math.max(value, least), most);
const hexed = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

// A colour with a share of itself on a ground, opaque: crossing lines do not grow darker.
function mixed(colour, ground, share) {
  const under = hexed(ground);
  return `rgb(${hexed(colour).map((part, at) => Math.round(share * part + (1 - share) * under[at])).join(" ")})`;
}

function luminance(hex) {
  const [r, g, b] = hexed(hex).map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one, other) {
  const [dim, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dim + 0.05);
}

function outline(ctx, kind, x, y, r) {
  ctx.beginPath();
  if (kind === OUTSIDE) {
    ctx.moveTo(x, y - r); ctx.lineTo(x + r, y); ctx.lineTo(x, y + r); ctx.lineTo(x - r, y); ctx.closePath();
  } else if (kind === SOURCE) {
    ctx.roundRect(x - r, y - r, 2 * r, 2 * r, r * 0.32);
  } else {
    ctx.arc(x, y, r, 0, 2 * Math.PI);
  }
}

// look: {kind, radius, rim, line, fill, ring, vacant, hatched}; without a rim it is a filled dot.
function drawSign(ctx, look, x, y) {
  outline(ctx, look.kind, x, y, look.radius - look.rim / 2);
  ctx.fillStyle = look.fill;
  ctx.fill();
  if (look.hatched) hatch(ctx, look, x, y);
  if (!look.rim) return;
  ctx.lineWidth = look.rim;
  ctx.strokeStyle = look.line;
  if (look.hatched) outline(ctx, look.kind, x, y, look.radius - look.rim / 2);
  if (look.vacant) ctx.setLineDash([2.6 * look.rim, 2.2 * look.rim]);
  ctx.stroke();
  ctx.setLineDash([]);
  if (look.ring) {
    outline(ctx, look.kind, x, y, look.radius + 2.6 * look.rim);
    ctx.strokeStyle = look.ring;
    ctx.stroke();
  }
}

function hatch(ctx, look, x, y) {
  ctx.save();
  ctx.clip();
  ctx.beginPath();
  const r = look.radius;
  for (let off = -2 * r; off < 2 * r; off += 5) { ctx.moveTo(x + off, y + r); ctx.lineTo(x + off + 2 * r, y - r); }
  ctx.strokeStyle = look.line;
  ctx.lineWidth = 1;
  ctx.stroke();
  ctx.restore();
}

// The head of a line into the path: its tip, and the direction in which it points.
function headPath(ctx, kind, x, y, dx, dy, length) {
  const half = (length * HEAD_HALF) / HEAD, bx = x - dx * length, by = y - dy * length;
  ctx.moveTo(bx - dy * half, by + dx * half);
  ctx.lineTo(x, y);
  ctx.lineTo(bx + dy * half, by - dx * half);
  if (kind !== NEEDS) ctx.closePath();
}

// What `headPath` gathered, filled for talk, hollow for reports, an open angle for needs.
function drawHeads(ctx, kind, width, colour, ground) {
  ctx.setLineDash([]);
  ctx.strokeStyle = colour;
  ctx.fillStyle = kind === REPORTS ? ground : colour;
  ctx.lineWidth = kind === NEEDS ? Math.max(width, 1.3) : width;
  if (kind !== NEEDS) ctx.fill();
  if (kind !== TALKS) ctx.stroke();
}

const COUNT = 0, STEP = 1, DISPUTED = 2, CLAIMED = 3, ILL_MARK = 4;

function drawMark(ctx, mark, x, y, radius, line, theme, word) {
  const node = theme.colours.node;
  ctx.setLineDash([]);
  ctx.lineWidth = (1.1 * radius) / 6.5;
  ctx.fillStyle = node;
  ctx.strokeStyle = mark === ILL_MARK ? theme.colours.act : line;
  ctx.beginPath();
  if (mark === STEP) {
    const side = radius * 0.88;
    ctx.roundRect(x - side, y - side, 2 * side, 2 * side, 2);
  } else {
    ctx.arc(x, y, mark === CLAIMED ? radius * 0.7 : radius, 0, 2 * Math.PI);
  }
  ctx.fill();
  ctx.stroke();
  if (mark === CLAIMED) {
    ctx.beginPath();
    ctx.arc(x, y, radius * 0.7, Math.PI / 2, 1.5 * Math.PI);
    ctx.fillStyle = line;
    ctx.fill();
  }
  const written = word || { [DISPUTED]: "?", [ILL_MARK]: "!" }[mark];
  if (written) write(ctx, written, x, y, (9.5 * radius) / 6.5, theme.colours[mark === ILL_MARK ? "act" : "text"]);
}

function write(ctx, word, x, y, size, colour, weight = 600) {
  ctx.font = `${weight} ${size}px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "alphabetic";
  ctx.fillStyle = colour;
  ctx.fillText(word, x, y + size * 0.36);
}

function drawBadge(ctx, badge, x, y, size, colour, node) {
  const round = (r) => { ctx.beginPath(); ctx.arc(x, y, r, 0, 2 * Math.PI); };
  ctx.setLineDash([]);
  ctx.lineWidth = size * 0.24;
  ctx.strokeStyle = node;
  ctx.fillStyle = colour;
  if (badge === LEADS || badge === DECIDES) {
    ctx.beginPath();
    for (let turn = 0; turn < (badge === LEADS ? 10 : 4); turn++) {
      const reach = size * (badge === DECIDES ? 1.15 : turn % 2 ? 0.62 : 1.4);
      const angle = (Math.PI * turn) / (badge === LEADS ? 5 : 2) - Math.PI / 2;
      ctx.lineTo(x + Math.cos(angle) * reach, y + Math.sin(angle) * reach);
    }
    ctx.closePath();
    ctx.fill();
    ctx.stroke();
    return;
  }
  round(size);
  ctx.fillStyle = node;
  ctx.strokeStyle = colour;
  if (badge === PURPOSE) ctx.lineWidth = size * 0.32;
  ctx.fill();
  ctx.stroke();
  ctx.fillStyle = colour;
  if (badge === PURPOSE) { round(size * 0.42); ctx.fill(); return; }
  ctx.beginPath();
  ctx.moveTo(x, y + 0.66 * size);
  ctx.lineTo(x, y - 0.02 * size);
  ctx.stroke();
  for (const side of [-1, 1]) {
    ctx.beginPath();
    ctx.ellipse(x + side * 0.36 * size, y - 0.26 * size, 0.44 * size, 0.23 * size, (side * -38 * Math.PI) / 180, 0, 7);
    ctx.fill();
  }
}

function drawSecond(ctx, x, y, size, rim, fill, letter, ink) {
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.arc(x, y, size * 0.9, 0, 2 * Math.PI);
  ctx.fillStyle = fill;
  ctx.strokeStyle = rim;
  ctx.lineWidth = size * 0.2;
  ctx.fill();
  ctx.stroke();
  write(ctx, letter, x, y, size * 1.15, ink);
}

// Lines over the ground of a module, so that more modules than there are colours can be told apart.
const PATTERNS = [[[-1, 1]], [[1, 1]], [[0, 1]], [[1, 0]], [[-1, 1], [1, 1]], [[0, 1], [1, 0]]];

function drawPattern(ctx, x, y, wide, high, pattern, step) {
  const apart = step * (1 + Math.floor((pattern - 1) / PATTERNS.length) * 0.8);
  ctx.save();
  ctx.beginPath();
  ctx.rect(x, y, wide, high);
  ctx.clip();
  ctx.beginPath();
  for (const [rise, run] of PATTERNS[(pattern - 1) % PATTERNS.length]) {
    const reach = rise && run ? high : 0;
    for (let at = apart * 0.6; at < (rise ? wide : high) + reach; at += apart * (reach ? 1.4 : 1)) {
      if (reach && rise < 0) { ctx.moveTo(x + at - high, y + high); ctx.lineTo(x + at, y); }
      else if (reach) { ctx.moveTo(x + at - high, y); ctx.lineTo(x + at, y + high); }
      else if (rise) { ctx.moveTo(x + at, y); ctx.lineTo(x + at, y + high); }
      else { ctx.moveTo(x, y + at); ctx.lineTo(x + wide, y + at); }
    }
  }
  ctx.stroke();
  ctx.restore();
}

const letterOf = (name) => (/[\p{L}\p{N}]/u.exec(name)?.[0] ?? "").toUpperCase();

const nodeSign = (name) => /\S\s+([0-9]{1,3})\s*$/.exec(name)?.[1] ?? letterOf(name); // of "Person 3" the 3

function moduleLetter(name) {
  const last = name.split(/\s+/).filter(Boolean).pop() ?? "";
  return letterOf([...last].length === 1 ? last : name);
}
