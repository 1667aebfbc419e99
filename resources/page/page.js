// What the reader does: choosing, searching, filtering, keys, paper.

let spot = null; // what is lit: {finding}, {person}, {module} or {words, ends}
const chosen = {
  modules: new Set(), // rows that are hidden, -1 for people without a module
  kinds: new Set(),
  only(row) { // this module, those it holds, and those that hold it
    const kin = (at, other) => { for (let up = at; up >= 0; up = modules[up].up) if (up === other) return true; return false; };
    this.modules = new Set(modules.map((_, at) => at).filter((at) => !modules[at].gone && !kin(at, row) && !kin(row, at)));
    if (people.home.includes(-1)) this.modules.add(-1);
  },
};

function filterNow() {
  modules.forEach((module, row) => {
    moduleGone[row] = Number(Boolean(module.gone));
    for (let up = row; up >= 0; up = modules[up].up) if (chosen.modules.has(up)) moduleGone[row] = 1;
  });
  for (let row = 0; row < everyone; row++) gone[row] = people.home[row] >= 0 ? moduleGone[people.home[row]] && (modules[people.home[row]].gone ? 0 : 1) : Number(chosen.modules.has(-1));
  for (let row = 0; row < everyLink; row++) {
    const absent = endsOf(row).some((end) => (end >= 0 ? gone[end] : moduleGone[-1 - end]));
    off[row] = Number(absent || chosen.kinds.has(links.kind[row]));
  }
  forget();
  tickBoxes(chosen);
  showChips(chosen, spot, choose, filterNow);
  repaint();
  seek();
}

function lightNow() {
  const evidence = evidenceOf(spot);
  light = evidence && { token: evidence.token, ways: evidence.ways ?? [] };
  stands.fill(light ? FADED : PLAIN);
  lit.fill(0);
  litModules = new Set(evidence?.modules);
  for (const row of evidence?.people ?? []) stands[row] = LIT;
  for (const row of evidence?.about ?? []) stands[row] = SUBJECT;
  for (const row of evidence?.links ?? []) lit[row] = 1;
  forget();
  for (const card of document.querySelectorAll(".finding")) {
    const head = card.querySelector(".pick"), open = spot?.finding === Number(head.dataset.finding);
    card.classList.toggle("open", open);
    head.setAttribute("aria-expanded", open);
  }
  fillLegend(spot);
  showChips(chosen, spot, choose, filterNow);
  repaint();
}

function evidenceOf(spot) {
  if (!spot) return null;
  if (spot.finding !== undefined) return data.findings[spot.finding];
  const found = { token: "accent", people: [], links: [], modules: [], about: [] };
  const add = (end) => { if (end < 0) found.modules.push(-1 - end); else if (people.shut[end] === undefined) found.people.push(end); else found.modules.push(people.shut[end]); };
  if (spot.ends) { spot.ends.forEach(add); return found; }
  const own = spot.person ?? -1 - spot.module;
  if (own < 0) membersOf(spot.module).forEach(add);
  add(own);
  for (let row = 0; row < everyLink; row++) {
    if (links.a[row] !== own && links.b[row] !== own) continue;
    add(links.a[row]);
    add(links.b[row]);
    if (standsFor(row) >= 0) found.links.push(standsFor(row));
  }
  if (own >= 0) found.about.push(own);
  return found;
}

function choose(next) {
  spot = next;
  lightNow();
  if (next?.finding !== undefined) showCard(next.finding);
  tellOf(spot, (other) => { choose(other); byId("card").querySelector("button")?.focus(); if (!other) canvas.focus({ preventScroll: true }); });
}

// The card of a finding in sight, whatever stood there before; on a list that is folded it is unfolded.
function showCard(finding) {
  const head = document.querySelector(`[data-finding="${finding}"]`), folded = head.closest("details");
  if (byId("findings").hidden) byId("tab-findings").click();
  if (folded) folded.open = true;
  head.scrollIntoView({ block: "nearest" });
}

// Only on demand does the map move: to what a finding, a search or a card speaks of, or what a filter leaves.
function goTo(target) {
  const evidence = evidenceOf(target), own = target.person ?? -1;
  if (own >= 0 && gone[own]) { chosen.modules.clear(); filterNow(); }
  if (target.module !== undefined && moduleGone[target.module]) { chosen.modules.clear(); filterNow(); }
  const box = own >= 0 ? round([own]) : target.module !== undefined ? round([], [target.module]) : round(evidence.people, evidence.modules);
  if (box) show(box, own >= 0 ? clamp(view.scale, 0.7, 1.2) : 1.3);
  if (matchMedia("(max-width: 820px)").matches) canvas.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
}

function search() {
  const input = byId("search");
  let ends = [], active = 0;
  const pick = (end) => { input.value = ""; showResults([], 0, pick); choose(spotOf(end)); goTo(spotOf(end)); canvas.focus({ preventScroll: true }); };
  const refresh = () => showResults(ends, active, pick);
  input.addEventListener("input", () => {
    ends = found(input.value);
    active = 0;
    choose(input.value.trim() ? { words: input.value.trim(), ends } : null);
    refresh();
  });
  input.addEventListener("focus", refresh);
  input.addEventListener("blur", refresh);
  input.addEventListener("keydown", (event) => {
    const most = Math.min(ends.length, 40);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (most) active = (active + (event.key === "ArrowDown" ? 1 : most - 1)) % most;
      refresh();
    } else if (event.key === "Enter" && ends.length) {
      event.preventDefault();
      pick(ends[active]);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      input.value = "";
      ends = [];
      choose(null);
      refresh();
      canvas.focus({ preventScroll: true });
    }
  });
}

function keys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox";
  if (event.key === "Escape") { if (spot) choose(null); return; }
  if (typing) return;
  const steps = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
  if (event.key === "/") byId("search").focus();
  else if (event.key === "+" || event.key === "=") zoom(1.25);
  else if (event.key === "-") zoom(0.8);
  else if (event.key === "0") fit();
  else if (steps[event.key] && event.target === canvas) pan(...steps[event.key]);
  else return;
  event.preventDefault();
}

function tabs() {
  const all = [byId("tab-findings"), byId("tab-people")];
  const open = (tab, focus) => all.forEach((one) => {
    const own = one === tab;
    one.setAttribute("aria-selected", own);
    one.tabIndex = own ? 0 : -1;
    byId(one.getAttribute("aria-controls")).hidden = !own;
    if (own && focus) one.focus();
  });
  for (const tab of all) {
    tab.onclick = () => open(tab);
    tab.onkeydown = (event) => { if (event.key === "ArrowRight" || event.key === "ArrowLeft") { open(all.find((one) => one !== tab), true); event.preventDefault(); } };
  }
}

const unfolded = []; // what was opened only for the print

// On paper: the whole map, without what a filter hides, in the colours for print, and every finding.
function print() {
  unfolded.push(...document.querySelectorAll("#findings details:not([open]), #legend:not([open])"));
  for (const part of unfolded) part.open = true;
  const before = { ...view }, picture = byId("paper"), wide = bounds[2] - bounds[0] + 48, high = bounds[3] - bounds[1] + 32;
  chooseTheme(true);
  Object.assign(view, { width: 1100, height: clamp((1100 * high) / wide, 200, 1300) });
  Object.assign(view, { scale: Math.min(view.width / wide, view.height / high), x: (bounds[0] + bounds[2]) / 2, y: (bounds[1] + bounds[3]) / 2 });
  [canvas.width, canvas.height] = [Math.round(view.width * 2.5), Math.round(view.height * 2.5)];
  paintSheet(2.5, 0);
  picture.src = sheet.toDataURL("image/png");
  picture.hidden = false;
  fillLegend(spot);
  Object.assign(view, before);
  painted = null;
}

function printed() {
  for (const part of unfolded.splice(0)) part.open = false;
  byId("paper").hidden = true;
  byId("paper").removeAttribute("src");
  chooseTheme();
  fillLegend(spot);
  repaint();
}

function begin() {
  document.documentElement.classList.add("live");
  for (const hidden of document.querySelectorAll(".search, .tabs")) hidden.hidden = false;
  canvas.setAttribute("aria-label", filled(words.map, { size: data.size }));
  chooseTheme();
  fillLegend();
  fillPeople(chosen, choose, filterNow);
  filterNow();
  tabs();
  search();
  const narrow = matchMedia("(max-width: 820px)").matches; // the list lies below the map, which is to be seen first
  if (data.lit !== null) { spot = { finding: data.lit }; lightNow(); if (!narrow) showCard(data.lit); }
  if (narrow) byId("legend").open = false;
  document.addEventListener("keydown", keys);
  document.addEventListener("click", (event) => {
    const head = event.target.closest("[data-finding]"), go = event.target.closest("[data-show]");
    if (head) { const at = Number(head.dataset.finding); choose(spot?.finding === at ? null : { finding: at }); }
    if (go) goTo({ finding: Number(go.dataset.show) });
  });
  byId("in").onclick = () => zoom(1.25);
  byId("out").onclick = () => zoom(0.8);
  byId("fit").onclick = () => fit();
  watchPointers(
    ([x, y]) => { choose(hit(x, y)); },
    (at) => { canvas.classList.toggle("over", Boolean(at && hit(...at))); },
  );
  let first = true;
  new ResizeObserver(() => {
    const box = canvas.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) return;
    Object.assign(view, { width: box.width, height: box.height });
    painted = null;
    if (first) fit(false); else redraw();
    first = false;
  }).observe(canvas);
  for (const setting of Object.values(settings)) setting.addEventListener("change", () => { chooseTheme(); fillLegend(spot); tickBoxes(chosen); repaint(); });
  addEventListener("beforeprint", print);
  addEventListener("afterprint", printed);
}

begin();
