// What the page does by itself: follow citations, keys, drawers, copying. Everything else is an
// event of this element: "ask" where an answer comes of it, "act" and "renew" where none does.
const one = (selector) => document.querySelector(selector);
const box = () => one("#box textarea");
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const narrow = () => matchMedia("(max-width: 900px)").matches;
let opener = null; // what had the focus before a drawer or a passage opened

// ---- citations and passages

// the cell that an answer states, else what is quoted: one selector for both finds the row's first
const markOf = (card) => card.querySelector(".stated mark") ?? card.querySelector("mark");

const centre = (card) => {
  const passage = card.querySelector(".passage");
  const mark = markOf(card);
  if (!passage || !mark) return;
  const offset = mark.getBoundingClientRect().top - passage.getBoundingClientRect().top;
  passage.scrollTop += offset - passage.clientHeight / 3;
  const wide = mark.closest(".wide");
  if (wide) {
    const sideways = mark.getBoundingClientRect().right - wide.getBoundingClientRect().right;
    if (sideways > 0) wide.scrollLeft += sideways + 8;
  }
};

const centreAll = () => document.querySelectorAll("#panel .citation").forEach(centre);

const seek = (target, place) => {
  document.querySelectorAll(".sought").forEach((other) => other.classList.remove("sought"));
  void target.offsetWidth; // starts the animation again
  target.classList.add("sought");
  place.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
};

// What the reader chose to see stays so when the passages are drawn anew, as translations come in.
let shown = null;
let sections = 0;
const unfolded = new Set();

const keepShown = () => {
  const all = [...document.querySelectorAll("#panel .evidence")];
  if (all.length !== sections) shown = null;
  sections = all.length;
  const chosen = all.find((section) => section.id === shown);
  all.forEach((section) => {
    if (chosen) section.hidden = section !== chosen;
    const folded = section.querySelector("details");
    if (folded) folded.open = unfolded.has(section.id);
  });
};

// by the click, since "toggle" comes later: the passages may have been drawn anew by then
document.addEventListener("click", ({ target }) => {
  const folded = target.closest?.("#panel .evidence summary")?.parentElement;
  if (folded) unfolded[folded.open ? "delete" : "add"](folded.closest(".evidence").id);
}, true);

const showEvidence = (section) => {
  shown = section.id;
  keepShown();
  document.body.classList.add("reading");
};

const showPassage = (id) => {
  const card = document.getElementById(id);
  if (!card) return;
  showEvidence(card.closest(".evidence"));
  centreAll();
  card.focus({ preventScroll: true });
  seek(card, markOf(card) ?? card);
};

const showMark = (id) => {
  document.body.classList.remove("reading");
  const link = one(`#talk a[href="#${id.replace("back", "cite")}"]`);
  if (!link) return;
  link.focus({ preventScroll: true });
  seek(link, link);
};

// ---- drawers

const openMenu = () => {
  opener = document.activeElement;
  document.body.classList.add("menu-open");
  const enter = (times) => { // once it can be seen, and again where it was drawn anew
    if (!document.body.classList.contains("menu-open")) return;
    if ([document.body, opener].includes(document.activeElement)) one("#menu-close")?.focus();
    if (times) setTimeout(() => enter(times - 1), 50);
  };
  setTimeout(() => enter(20), 30);
};

const close = () => {
  const { classList } = document.body;
  const was = classList.contains("menu-open") || (narrow() && classList.contains("reading"));
  classList.remove("menu-open", "reading");
  one('[data-act="menu"]')?.setAttribute("aria-expanded", "false");
  if (was) (opener?.isConnected ? opener : box())?.focus();
  return was;
};

// ---- copying and saving

const copy = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
  } catch { // not a secure page
    const area = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
};

const save = (name, text, type) => {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
};

const say = (button) => {
  const label = button.textContent;
  button.textContent = button.dataset.done;
  one("#say").textContent = button.dataset.done;
  setTimeout(() => { button.textContent = label; one("#say").textContent = ""; }, 1600);
};

document.addEventListener("save-file", ({ detail }) => save(detail.name, detail.text, detail.type));

// ---- what a press on a button does

const local = {
  menu: (button) => {
    if (document.body.classList.contains("menu-open")) return close();
    openMenu();
    button.setAttribute("aria-expanded", "true");
  },
  close,
  sources: (button) => {
    const section = document.getElementById(`evidence-${button.dataset.turn}`);
    if (!section) return;
    opener = button;
    showEvidence(section);
    centreAll();
    const card = section.querySelector(".citation");
    card?.focus({ preventScroll: true });
    card?.scrollIntoView({ block: "nearest" });
  },
  copy: (button) => { copy(button.dataset.text); say(button); },
  save: (button) => save(button.dataset.name, button.dataset.text, button.dataset.type),
  fold: (button) => {
    const form = document.getElementById(button.getAttribute("aria-controls"));
    form.hidden = !form.hidden;
    const fold = one(`[aria-expanded][aria-controls="${form.id}"]`);
    fold?.setAttribute("aria-expanded", String(!form.hidden));
    (form.hidden ? fold : form.querySelector("select"))?.focus();
  },
};

const press = (button) => {
  const { ask, act } = button.dataset;
  const { done, ...data } = button.dataset;
  if (ask) {
    document.body.classList.remove("menu-open", "reading");
    trigger("ask", data);
    if (!narrow()) box()?.focus(); // a phone would cover the answer with its keyboard
  } else if (act === "open") {
    if (narrow()) document.body.classList.remove("menu-open");
    document.body.classList.add("reading");
    trigger("act", data);
  } else if (act in local) local[act](button);
  else {
    trigger(act === "renew" ? "renew" : "act", data);
    if (act === "edit" || act === "renew") box()?.focus();
  }
};

document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#cite-"], a[href^="#back-"], a[href="#box"]');
  if (link) {
    event.preventDefault(); // a plain jump would load the page anew if its address has a query
    event.stopPropagation();
    const id = link.getAttribute("href").slice(1);
    if (id === "box") return box()?.focus();
    if (id.startsWith("cite")) opener = link;
    return (id.startsWith("cite") ? showPassage : showMark)(id);
  }
  const button = event.target.closest?.("[data-ask], [data-act]");
  if (button && !button.disabled) press(button);
}, true);

document.addEventListener("change", (event) => {
  const field = event.target.closest?.("[data-change]");
  if (field) trigger("act", { act: field.dataset.change, text: field.value });
}, true);

// a file that is too large is not even sent: Gradio would refuse it in a language of its own
document.addEventListener("change", (event) => {
  const told = one("#reports [data-large]")?.dataset;
  const most = (file) => /\.pdf$/i.test(file.name) ? told.pdfSize : told.textSize; // MB
  const large = told && [...(event.target.files ?? [])].find((file) => file.size > most(file) * 2 ** 20);
  if (!large) return;
  event.stopImmediatePropagation();
  event.target.value = "";
  one("#reports .told").textContent = told.large
    .replace("{size}", most(large)).replace("{name}", () => large.name);
}, true);

document.addEventListener("submit", (event) => {
  const form = event.target.closest?.("form[data-submit]");
  if (!form) return;
  event.preventDefault();
  const fields = Object.fromEntries(new FormData(form));
  trigger("act", { ...fields, ...form.dataset, act: form.dataset.submit });
}, true);

window.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229) {
    event.stopPropagation(); // Enter ends the choice of a Chinese word, and asks nothing
    return;
  }
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    box()?.focus();
  }
  if (event.key === "Escape") {
    if (close()) return;
    if (one(".turn.editing")) trigger("act", { act: "keep" });
    else if (event.target.closest?.("#panel")) opener?.focus();
  }
}, true);

// ---- after each change

// Show the last turn from its question on, and its end as it grows, unless the reader has scrolled.
const follow = () => {
  const talk = one("#thread");
  const turns = talk?.querySelectorAll(".turn") ?? [];
  if (!turns.length) return;
  const isNew = turns.length !== follow.turns;
  if (!isNew && Math.abs(talk.scrollTop - follow.place) > 4) return;
  const top = turns[turns.length - 1].getBoundingClientRect().top;
  talk.scrollTop += top - talk.getBoundingClientRect().top - 14; // goes no further than the end
  follow.place = talk.scrollTop;
  follow.turns = turns.length;
};

let due = false;
new MutationObserver((changes) => {
  if (changes.every((change) => !change.target.parentElement?.closest?.("#panel, #thread, #reports"))) return;
  if (due) return;
  due = true;
  requestAnimationFrame(() => {
    due = false;
    follow();
    keepShown();
    centreAll();
    choose();
  });
}).observe(document.body, { childList: true, subtree: true, characterData: true });

// That too many wait is told in the conversation, in the reader's language: Gradio's own notice of
// it is English. It is hidden, as whoever made it still removes it.
new MutationObserver(() => document.querySelectorAll(".toast-body").forEach((toast) => {
  if (/application is currently busy/i.test(toast.textContent)) toast.style.display = "none";
})).observe(document.body, { childList: true, subtree: true });

// what was chosen by hand would outlive what the page says is chosen
const choose = () => document.querySelectorAll("#reports input").forEach((field) => {
  field.checked = field.hasAttribute("checked");
});

const adopt = () => {
  const told = element.querySelector("[data-tag]");
  if (!told) return;
  document.documentElement.lang = told.dataset.tag;
  document.title = told.dataset.title;
};
watch("value", adopt);
adopt();
