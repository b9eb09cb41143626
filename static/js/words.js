// Plainer words, offered quietly under a text while it is being written. Nothing is blocked,
// sent or kept: the list comes with the page, and what was offered goes with it.

const PAUSE = 500; // milliseconds
const MOST = 4; // offers at a time
const LETTER = "[\\p{L}\\p{M}\\p{N}]";

const list = JSON.parse(document.getElementById("word-hints")?.textContent ?? "[]");
const says = document.getElementById("word-hints-says")?.dataset.says ?? "";

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

// "failed to" as whole words, any spacing; "non-complian*" with any ending; é typed either way.
function pattern(word) {
  const open = word.endsWith("*");
  const inner = escaped((open ? word.slice(0, -1) : word).normalize("NFC").trim()).replace(/\s+/g, "\\s+").replace(/['’]/g, "['’]");
  return new RegExp(`(?<!${LETTER})${inner}${open ? `${LETTER}*` : `(?!${LETTER})`}`, "iu");
}

const hints = list
  .filter((each) => each.word.replace("*", "").trim())
  .map(({ word, suggestion }) => ({ pattern: pattern(word), suggestion }));

export function found(text) {
  const plain = text.normalize("NFC");
  const seen = new Map();
  for (const { pattern, suggestion } of hints) {
    const word = plain.match(pattern)?.[0];
    if (word && !seen.has(word.toLowerCase())) seen.set(word.toLowerCase(), { word, suggestion });
  }
  return [...seen.values()];
}

function line({ word, suggestion }) {
  const item = document.createElement("li");
  const said = document.createElement("span");
  said.textContent = `“${word}”`;
  item.append(said, ` → ${suggestion}`);
  return item;
}

function offer(box, text) {
  const offers = found(text).slice(0, MOST);
  const now = offers.map((each) => each.word).join("\n");
  if (box.dataset.now === now) return; // read aloud once, not at every key
  box.dataset.now = now;
  box.replaceChildren();
  if (!offers.length) return;
  const list = document.createElement("ul");
  list.append(...offers.map(line));
  box.append(says, list);
}

function watch(area) {
  if (area.dataset.wordsWatched) return;
  area.dataset.wordsWatched = "yes";
  const box = document.createElement("div");
  box.className = "word-hints";
  box.setAttribute("aria-live", "polite");
  area.after(box);
  let timer;
  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => offer(box, area.value), PAUSE);
  });
  if (area.value) offer(box, area.value);
}

const watchAll = () => document.querySelectorAll("textarea[data-words]").forEach(watch);

if (hints.length) {
  watchAll();
  document.addEventListener("htmx:afterSwap", watchAll);
}
