// Which part of the map is seen: drawing it on the canvas, moving, magnifying, and finding what is hit.

const CLOSEST = 8, FARTHEST = 0.005, SLOW = 8; // pixels per unit; milliseconds above which a gesture moves a picture
const canvas = document.getElementById("map"), screen = canvas.getContext("2d", { alpha: false });
const sheet = unseen(), paper = sheet.getContext("2d", { alpha: false });
const view = { scale: 1, x: 0, y: 0, width: 1, height: 1 };
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const settings = { dark: matchMedia("(prefers-color-scheme: dark)"), contrast: matchMedia("(prefers-contrast: more)") };
let painted = null, cost = 0, moving = 0, asked = false, gliding = 0;

function chooseTheme(print = false) {
  const name = print ? "print" : data.theme ?? (settings.contrast.matches ? "contrast" : settings.dark.matches ? "dark" : "light");
  theme = data.themes[name];
  forget();
}

// Paint on a sheet, larger than the view by `edge` pixels of the device when that takes long, so that a
// gesture can move what is painted.
function paintSheet(ratio, edge) {
  const begun = performance.now(), wide = canvas.width + 2 * edge, high = canvas.height + 2 * edge;
  if (sheet.width !== wide || sheet.height !== high) [sheet.width, sheet.height] = [wide, high];
  painted = { ...view, width: wide / ratio, height: high / ratio };
  paper.setTransform(ratio, 0, 0, ratio, 0, 0);
  paintMap(paper, painted);
  cost = performance.now() - begun;
}

function frame() {
  asked = false;
  const ratio = Math.min(devicePixelRatio || 1, 2);
  const wide = Math.round(view.width * ratio), high = Math.round(view.height * ratio);
  if (canvas.width !== wide || canvas.height !== high) { [canvas.width, canvas.height] = [wide, high]; painted = null; }
  if (!painted || !moving || cost <= SLOW) paintSheet(ratio, cost > SLOW ? Math.round(wide / 5) : 0);
  const grow = view.scale / painted.scale, still = Math.abs(grow - 1) < 1e-9 ? Math.round : (value) => value;
  const x = still((painted.x - view.x) * view.scale * ratio + (wide - sheet.width * grow) / 2);
  const y = still((painted.y - view.y) * view.scale * ratio + (high - sheet.height * grow) / 2);
  screen.fillStyle = theme.colours.ground;
  screen.fillRect(0, 0, wide, high);
  screen.drawImage(sheet, x, y, sheet.width * grow, sheet.height * grow);
}

function redraw() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(frame);
}

// Something other than the view changed: what was painted is worth nothing any more.
function repaint() { painted = null; redraw(); }

function moved() {
  clearTimeout(moving);
  moving = setTimeout(() => { moving = 0; redraw(); }, 140);
  redraw();
}

function pan(dx, dy) {
  cancelAnimationFrame(gliding);
  view.x -= dx / view.scale;
  view.y -= dy / view.scale;
  moved();
}

function zoom(factor, x = view.width / 2, y = view.height / 2) {
  cancelAnimationFrame(gliding);
  const before = view.scale, scale = clamp(before * factor, FARTHEST, CLOSEST);
  view.x += (x - view.width / 2) * (1 / before - 1 / scale);
  view.y += (y - view.height / 2) * (1 / before - 1 / scale);
  view.scale = scale;
  moved();
}

// Bring a rectangle of the map into view, at most so large; no faster than an eye can follow.
function show([x0, y0, x1, y1], largest = 1.5, glide = true) {
  const room = 40, below = 28, wide = Math.max(x1 - x0, 1e-6), high = Math.max(y1 - y0, 1e-6);
  const scale = clamp(Math.min((view.width - room) / wide, (view.height - room - below) / high, largest), FARTHEST, CLOSEST);
  const from = { ...view }, to = { scale, x: (x0 + x1) / 2, y: (y0 + y1) / 2 + below / 2 / scale };
  cancelAnimationFrame(gliding);
  if (!glide || calm.matches) { Object.assign(view, to); moved(); return; }
  const begun = performance.now();
  const step = (now) => {
    const share = clamp((now - begun) / 260, 0, 1), eased = 1 - (1 - share) ** 3;
    view.scale = from.scale * (to.scale / from.scale) ** eased;
    view.x = from.x + (to.x - from.x) * eased;
    view.y = from.y + (to.y - from.y) * eased;
    moved();
    if (share < 1) gliding = requestAnimationFrame(step);
  };
  gliding = requestAnimationFrame(step);
}

const fit = (glide = true) => show([bounds[0] - 24, bounds[1] - 8, bounds[2] + 24, bounds[3] + 8], 1.5, glide);

// Whoever hides all that is in view sees what is left and not bare ground; with "every", all that is left.
function seek(asked = "some") {
  const left = [...gone.keys()].filter((row) => !gone[row]);
  const near = (at, middle, room) => Math.abs(at - middle) * view.scale < room / 2;
  const seen = left.map(placeOf)[asked](([x, y]) => near(x, view.x, view.width) && near(y, view.y, view.height));
  if (view.width > 1 && left.length && !seen) show(round(left), 1.3);
}

function round(rows, listed = []) {
  const boxes = rows.map(placeOf).map(([x, y]) => [x - 40, y - 40, x + 40, y + 56]);
  boxes.push(...listed.map((row) => modules[row].rect).filter(Boolean));
  if (!boxes.length) return null;
  return [0, 1, 2, 3].map((side) => Math[side < 2 ? "min" : "max"](...boxes.map((box) => box[side])));
}

// Where somebody is to be seen: in the middle of the module that is drawn in their place, if one is.
function placeOf(row) {
  const rect = modules[people.shut[row]]?.rect;
  return rect ? [(rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2] : [people.x[row], people.y[row]];
}

function hit(px, py) {
  const x = (px - view.width / 2) / view.scale + view.x, y = (py - view.height / 2) / view.scale + view.y;
  for (let row = everyone - 1; row >= 0; row--) {
    if (drawnAlone(row) && Math.hypot(people.x[row] - x, people.y[row] - y) <= people.r[row] + 4 / view.scale) return { person: row };
  }
  for (const row of [...outermostFirst].reverse()) {
    const [x0, y0, x1, y1] = modules[row].rect;
    if (!moduleGone[row] && x >= x0 && x <= x1 && y >= y0 && (modules[row].shut ? y <= y1 : y <= y0 + 34)) return { module: row };
  }
  return null;
}

function watchPointers(onTap, onHover) {
  const held = new Map();
  let far = 0, last = null, tapped = 0;
  const at = (event) => { const box = canvas.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button > 1) return;
    canvas.setPointerCapture(event.pointerId);
    held.set(event.pointerId, at(event));
    if (held.size === 1) far = 0;
    last = null;
  });
  canvas.addEventListener("pointermove", (event) => {
    const now = at(event), before = held.get(event.pointerId);
    if (!before) { onHover(now); return; }
    held.set(event.pointerId, now);
    far += Math.hypot(now[0] - before[0], now[1] - before[1]);
    if (held.size === 1) { if (far > 4) { canvas.classList.add("held"); pan(now[0] - before[0], now[1] - before[1]); } return; }
    const [a, b] = [...held.values()], middle = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2], apart = Math.hypot(a[0] - b[0], a[1] - b[1]);
    if (last) { pan(middle[0] - last.middle[0], middle[1] - last.middle[1]); zoom(apart / Math.max(last.apart, 1), ...middle); }
    last = { middle, apart };
  });
  const let_go = (event) => {
    if (!held.delete(event.pointerId)) return;
    last = null;
    canvas.classList.remove("held");
    if (event.type === "pointerup" && !held.size && far <= 4) {
      const double = event.timeStamp - tapped < 350;
      tapped = event.timeStamp;
      if (double) zoom(1.8, ...at(event)); else onTap(at(event));
    }
  };
  canvas.addEventListener("pointerup", let_go);
  canvas.addEventListener("pointercancel", let_go);
  canvas.addEventListener("pointerleave", () => onHover(null));
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    const unit = [1, 16, 400][event.deltaMode];
    zoom(Math.exp(-clamp(event.deltaY * unit, -240, 240) * (event.ctrlKey ? 0.01 : 0.002)), ...at(event));
  }, { passive: false });
  for (const name of ["gesturestart", "gesturechange"]) canvas.addEventListener(name, (event) => event.preventDefault());
}
