// Beside the map: who somebody talks with, the list of everybody, filters, chips, search, legend.
// Whatever a reader sees of the map's own words goes in as text, never as HTML.

function made(tag, properties = {}, ...inside) {
  const found = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in found && !name.startsWith("aria")) found[name] = value;
    else found.setAttribute(name, value);
  }
  found.append(...inside);
  return found;
}

const button = (words, onclick, properties = {}, ...inside) => made("button", { type: "button", onclick, ...properties }, words, ...inside);
const filled = (words, values) => words.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
const byId = (id) => document.getElementById(id);
const nameOf = (end) => (end >= 0 ? people.name[end] : modules[-1 - end].name) || words.unnamed;
const listed = (names) => names.join(words.comma);

// The modules somebody belongs to, home first.
const modulesOf = (row) => [people.home[row], ...(people.also[row] ?? [])].filter((module) => module >= 0 && !modules[module].gone);

// Who somebody is linked with, by how: [heading, [[end, what the link says], ...]], empty ones left out.
function company(end) {
  const found = { talksBoth: [], talksOut: [], talksIn: [], reportsIn: [], reportsOut: [], needsOut: [], needsIn: [] };
  for (let row = 0; row < everyLink; row++) {
    const outward = links.a[row] === end, other = outward ? links.b[row] : links.a[row];
    if ((!outward && links.b[row] !== end) || (other < 0 && modules[-1 - other].gone) || other === end) continue;
    const kind = ["talks", "reports", "needs"][links.own[row] >> 1];
    const way = kind === "talks" && links.own[row] & 1 ? "Both" : outward ? "Out" : "In";
    found[kind + way].push([other, links.says[links.said[row]]]);
  }
  return Object.entries(found).filter(([, ends]) => ends.length).map(([kind, ends]) => [words[kind], ends]);
}

function tellOf(spot, choose) {
  const card = byId("card");
  card.hidden = !spot || (spot.person === undefined && spot.module === undefined);
  if (card.hidden) { card.replaceChildren(); return; }
  const end = spot.person ?? -1 - spot.module, facts = [];
  if (end >= 0) {
    facts.push(listed([people.title[end] ?? words.kinds[people.kind[end]], ...words.flags.filter((_, bit) => people.flags[end] & (1 << bit))]));
    const homes = modulesOf(end).map((module) => modules[module].name || words.unnamed);
    if (homes.length) facts.push(filled(words.member, { modules: listed(homes) }));
    if (people.level[end]) facts.push(filled(words.level, { number: people.level[end] }));
    if (people.shut[end] !== undefined) facts.push(filled(words.inside, { module: modules[people.shut[end]].name }));
  } else {
    facts.push(words.module);
    if (modules[spot.module].purpose) facts.push(modules[spot.module].purpose);
  }
  const groups = company(end);
  const told = data.findings.map((_, at) => at).filter((at) => data.findings[at].about.includes(end) || (end < 0 && data.findings[at].aboutModules.includes(-1 - end)));
  if (end < 0) groups.push([words.people, membersOf(spot.module).map((row) => [row, ""])]);
  card.replaceChildren(
    made("div", { className: "bar" }, made("h2", { textContent: nameOf(end) }), button("\u00d7", () => choose(null), { className: "close", "aria-label": words.clear, title: `${words.clear} (Esc)` })),
    ...facts.map((fact) => made("p", { className: "quiet", textContent: fact })),
    made("p", { className: "go" }, button(words.show, () => goTo(spot))),
    ...groups.filter(([, ends]) => ends.length).map(([heading, ends]) => made("div", {},
      made("h3", { textContent: heading }, " ", made("span", { className: "count", textContent: ends.length })),
      made("ul", { className: "ends" }, ...ends.map(([other, says]) => made("li", {}, button(nameOf(other), () => choose(spotOf(other))), " ", made("span", { className: "quiet", textContent: says })))))),
    ...(told.length ? [made("h3", { textContent: words.findings }), made("ul", { className: "ends" }, ...told.map((at) => made("li", {}, button(titleOf(at), () => choose({ finding: at })))))] : []),
    ...(groups.length ? [] : [made("p", { className: "quiet", textContent: words.nobody })]),
  );
}

const titleOf = (finding) => document.querySelector(`[data-finding="${finding}"] .class`).lastElementChild.textContent;
const spotOf = (end) => (end >= 0 ? { person: end } : { module: -1 - end });
const membersOf = (module) => [...people.home.keys()].filter((row) => people.home[row] === module);
const byName = (rows) => rows.sort((a, b) => people.name[a].localeCompare(people.name[b]));

// Every module with a box to tick and the people in it, folded until they are asked for; kinds of links.
function fillPeople(chosen, choose, changed) {
  const section = byId("people"), counts = new Map();
  for (let row = 0; row < everyone; row++) counts.set(people.home[row], (counts.get(people.home[row]) ?? 0) + 1);
  const box = (label, count, checked, onchange, id) => made("label", { className: "box" },
    made("input", { type: "checkbox", checked, onchange, "data-filter": id }), made("span", { textContent: label }), made("span", { className: "count", textContent: count }));
  const kinds = [TALKS, REPORTS, NEEDS].map((kind) => [kind, links.kind.reduce((sum, own, row) => sum + (own === kind && drawn[row]), 0)]).filter(([, count]) => count);
  if (kinds.length > 1) section.append(made("fieldset", { className: "kinds" }, ...kinds.map(([kind, count]) => box(words[["talks", "reports", "needs"][kind]], count, true, (event) => {
    chosen.kinds[event.target.checked ? "delete" : "add"](kind);
    changed();
  }, `kind-${kind}`))));
  const rows = modules.map((_, row) => row).filter((row) => !modules[row].gone && depths[row] === 0), tree = made("ul", { className: "tree" });
  const place = (parent, row) => {
    const home = row >= 0 ? modules[row].name || words.unnamed : words.loose, count = counts.get(row) ?? 0, all = row >= 0 ? modules[row].held : count;
    const inside = made("ul", { className: "ends" }), folded = made("details", {}, made("summary", { textContent: words.people, "aria-label": `${words.people}: ${home}` }), inside);
    folded.ontoggle = () => { if (folded.open && !inside.childElementCount) inside.append(...byName(membersOf(row)).map((one) => made("li", {}, button(nameOf(one), () => choose({ person: one }))))); };
    const line = box(home, all, true, (event) => { chosen.modules[event.target.checked ? "delete" : "add"](row); changed(); }, `module-${row}`);
    if (row >= 0) line.prepend(made("span", { className: "hue", "data-hue": modules[row].hue }));
    const only = row >= 0 ? [button(words.only, () => { chosen.only(row); changed(); seek("every"); }, { className: "small", "aria-label": `${words.only}: ${home}` })] : [];
    const item = made("li", {}, made("div", { className: "bar" }, line, ...only), ...(count ? [folded] : []));
    const nested = modules.map((_, at) => at).filter((at) => row >= 0 && modules[at].up === row && !modules[at].gone);
    if (nested.length) { const below = made("ul", {}); nested.forEach((at) => place(below, at)); item.append(below); }
    parent.append(item);
  };
  rows.forEach((row) => place(tree, row));
  if (counts.get(-1)) place(tree, -1);
  section.append(tree);
}

function tickBoxes(chosen) {
  for (const input of byId("people").querySelectorAll("input")) {
    const [what, row] = [input.dataset.filter.split("-")[0], Number(input.dataset.filter.slice(input.dataset.filter.indexOf("-") + 1))];
    input.checked = !(what === "kind" ? chosen.kinds : chosen.modules).has(row);
    if (what === "module" && row >= 0) { input.disabled = modules[row].up >= 0 && moduleGone[modules[row].up] === 1; if (input.disabled) input.checked = false; }
  }
  for (const dot of byId("people").querySelectorAll(".hue")) {
    const [fill, line] = theme.modules[dot.dataset.hue % theme.modules.length];
    dot.style.backgroundColor = fill;
    dot.style.borderColor = line;
  }
}

// A chip for everything that is not seen as usual, with the way back.
function showChips(chosen, spot, choose, changed) {
  const shown = [], chip = (text, way, undo) => shown.push(button("", undo, { className: "chip" }, `${text} `, made("span", { className: "way", textContent: way })));
  const away = [...chosen.modules].filter((row) => row >= 0).length;
  const undone = (edit) => () => { edit(); changed(); canvas.focus({ preventScroll: true }); };
  if (away) chip(words.hidden[away - 1], words.all, undone(() => chosen.modules.forEach((row) => row >= 0 && chosen.modules.delete(row))));
  if (chosen.modules.has(-1)) chip(words.looseHidden, words.all, undone(() => chosen.modules.delete(-1)));
  for (const kind of chosen.kinds) chip(filled(words.kindHidden, { what: words[["talks", "reports", "needs"][kind]] }), words.all, undone(() => chosen.kinds.delete(kind)));
  if (spot) {
    const what = () => (spot.finding === undefined ? nameOf(spot.person ?? -1 - spot.module) : titleOf(spot.finding));
    chip(spot.words === undefined ? filled(words.lit, { what: what() }) : filled(words.search, { words: spot.words }), words.clear, () => { choose(null); canvas.focus({ preventScroll: true }); });
  }
  byId("chips").replaceChildren(...shown);
}

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
let folded = null;

// People and modules whose name holds the words, those beginning with them first.
function found(text) {
  const sought = plain(text.trim());
  if (!sought) return [];
  folded ??= [...people.name.map((name, row) => [plain(name), row]), ...modules.map((module, row) => [plain(module.gone ? "" : module.name), -1 - row])];
  const rank = (name) => (name.startsWith(sought) ? 0 : name.includes(` ${sought}`) ? 1 : 2);
  return folded.filter(([name]) => name.includes(sought)).sort((a, b) => rank(a[0]) - rank(b[0]) || (a[0] < b[0] ? -1 : 1)).map(([, end]) => end);
}

function showResults(ends, active, pick) {
  const list = byId("results"), input = byId("search"), most = 40, open = input.value.trim() !== "" && document.activeElement === input;
  list.hidden = !open;
  input.setAttribute("aria-expanded", open);
  const rows = ends.slice(0, most).map((end, at) => {
    const home = end >= 0 ? modulesOf(end).map((module) => modules[module].name).join(words.comma) : words.module;
    return made("li", { id: `result-${at}`, role: "option", "aria-selected": at === active, onpointerdown: (event) => { event.preventDefault(); pick(end); } },
      made("span", { textContent: nameOf(end) }), made("span", { className: "quiet", textContent: home }));
  });
  const note = ends.length ? filled(words.found, { count: ends.length }) : words.none;
  list.replaceChildren(...rows, made("li", { className: "quiet note", role: "presentation", textContent: note }));
  if (open && ends.length) input.setAttribute("aria-activedescendant", `result-${active}`); else input.removeAttribute("aria-activedescendant");
  list.children[active]?.scrollIntoView({ block: "nearest" });
}

// What is lit at the moment, before what is always to be explained.
function evidenceEntries(spot) {
  if (!light) return [];
  const line = (token, more = {}) => ({ token, kind: "talks", both: false, dash: [], width: 1.9, head: true, sign: "", bar: false, ...more });
  const what = words.evidence[spot.finding !== undefined ? "finding" : spot.ends ? "sought" : "near"];
  const found = [{ words: what, line: line(light.token), section: -9 }, { words: words.evidence.rest, line: line("faded", { width: 1.4 }), section: -9 }];
  if (light.ways.length) found.push({ words: words.evidence.suggested, line: line("accent", { dash: data.longDash, width: 1.8 }), section: -9 });
  return found;
}

function fillLegend(spot = null) {
  const box = byId("legend").querySelector("div");
  byId("legend").hidden = !data.legend.length && !light && !document.querySelector(".missing");
  let section = null, row = null;
  box.replaceChildren();
  for (const entry of [...evidenceEntries(spot), ...data.legend]) {
    if (entry.section !== section) box.append((row = made("div", { className: "row" })));
    section = entry.section;
    row.append(made("span", { className: "entry" }, ...sampleOf(entry), made("span", { textContent: entry.words })));
  }
}

function sampleOf(entry) {
  const wide = entry.line ? (entry.line.sign ? 46 : 30) : entry.larger ? 26 : entry.sized ? 2 * entry.sized + 4 : entry.tone?.[0] === "lines" ? 30 : 16;
  const bare = ["line", "mark", "hue", "kind", "badge", "second", "larger", "tone", "sized"].every((name) => entry[name] === undefined);
  if (bare) return [];
  const high = Math.max(18, entry.sized ? 2 * entry.sized + 4 : 0), ratio = 2, small = made("canvas", { width: wide * ratio, height: high * ratio, "aria-hidden": "true" });
  small.style.width = `${wide}px`;
  small.style.height = `${high}px`;
  const ctx = small.getContext("2d"), colours = theme.colours;
  ctx.scale(ratio, ratio);
  paintSample(ctx, entry, wide, high / 2, colours);
  return [small];
}

function paintSample(ctx, entry, wide, y, colours) {
  const look = (radius, more = {}) => ({ kind: 0, radius, rim: 1.5, line: colours.loose, fill: colours.node, ...more });
  const x = wide / 2, pair = (hue) => (hue === undefined ? [colours.node, colours.loose] : theme.modules[hue % theme.modules.length]);
  if (entry.line) { paintLine(ctx, entry.line, wide, y, colours); return; }
  if (entry.mark !== undefined) { drawMark(ctx, entry.mark, x, y, 6.5, colours.link, theme, { [COUNT]: "3", [STEP]: "1" }[entry.mark]); return; }
  if (entry.badge) { drawBadge(ctx, { leads: LEADS, decides: DECIDES, purpose: PURPOSE, newcomer: NEWCOMER }[entry.badge], x, y, 5.2, colours.loose, colours.node); return; }
  if (entry.second) { const [fill, line] = pair(entry.hue); drawSecond(ctx, x, y, 6.5, line, fill, entry.second, line); return; }
  if (entry.larger) { drawSign(ctx, look(4.2), 5, y); drawSign(ctx, look(6.5), 18, y); return; }
  if (entry.sized) { drawSign(ctx, look(entry.sized), x, y); return; }
  if (entry.tone) {
    const [what, which] = entry.tone, fill = which < 0 ? colours[what === "grounds" ? "ground" : "node"] : theme[what][which];
    ctx.fillStyle = fill;
    if (what === "lines") ctx.fillRect(0, y - (1 + which / 2), wide, 2 + which);
    else drawSign(ctx, look(6.5, { kind: what === "grounds" ? SOURCE : 0, fill, rim: 1.2, hatched: what === "colour" && which < 0 }), x, y);
    return;
  }
  const [fill, line] = pair(entry.hue);
  const kinds = { person: 0, role: ROLE, outside: OUTSIDE, source: SOURCE };
  const pattern = entry.hue === undefined ? 0 : theme.patterned ? entry.hue : Math.floor(entry.hue / theme.modules.length);
  drawSign(ctx, look(6.5, { kind: pattern > 0 ? SOURCE : kinds[entry.kind] ?? 0, fill, line, vacant: entry.vacant }), x, y);
  if (pattern > 0) { ctx.lineWidth = 0.8; drawPattern(ctx, x - 5, y - 5, 10, 10, pattern, 3.4); }
}

function paintLine(ctx, line, wide, y, colours) {
  const kind = { talks: TALKS, reports: REPORTS, needs: NEEDS }[line.kind], tips = [], colour = colours[line.token];
  const way = { x0: 1, y0: y, x1: wide - 1, y1: y, cx: wide / 2, cy: y, bent: false };
  ctx.beginPath();
  linePath(ctx, way, kind, line.head ? HEAD : 0, line.both, kind === REPORTS ? [-RAIL, RAIL] : [0], tips);
  ctx.strokeStyle = colour;
  ctx.lineWidth = line.width;
  ctx.setLineDash(line.dash.map((part) => part * 1.3));
  ctx.stroke();
  ctx.beginPath();
  for (const tip of tips) headPath(ctx, kind, ...tip, HEAD);
  drawHeads(ctx, kind, line.width, colour, colours.panel);
  if (line.bar) { ctx.fillStyle = colour; ctx.fillRect(wide * 0.58, y - 5, 1.6, 10); }
  if (!line.sign) return;
  ctx.fillStyle = colours.panel;
  ctx.fillRect(wide / 2 - 7, y - 7, 14, 14);
  write(ctx, line.sign, wide / 2, y, 9.5, colours.quiet);
}

