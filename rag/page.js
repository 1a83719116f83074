// Follow the links between an answer and its passages, and keep each quote in sight.
const centre = (card) => {
  const box = card.querySelector(".passage");
  const mark = card.querySelector("mark");
  if (!box || !mark) return;
  const offset = mark.getBoundingClientRect().top - box.getBoundingClientRect().top;
  box.scrollTop += offset - box.clientHeight / 3;
};

const centreAll = () => element.querySelectorAll(".citation").forEach(centre);

const show = (target, place) => {
  document.querySelectorAll(".sought").forEach((other) => other.classList.remove("sought"));
  void target.offsetWidth; // starts the animation again
  target.classList.add("sought");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  place.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
};

const showPassage = (id) => {
  const card = document.getElementById(id);
  if (!card) return;
  const section = card.closest(".evidence");
  element.querySelectorAll(".evidence").forEach((other) => { other.hidden = other !== section; });
  const folded = card.closest("details");
  if (folded) folded.open = true;
  centreAll();
  show(card, card.querySelector("mark") ?? card);
};

const showMark = (id) => {
  const link = document.querySelector(`#chat a[href="#${id.replace("back", "cite")}"]`);
  if (link) show(link, link);
};

watch("value", centreAll);
element.addEventListener("toggle", centreAll, true);
document.addEventListener(
  "click",
  (event) => {
    const link = event.target.closest?.('a[href^="#cite-"], a[href^="#back-"]');
    if (!link) return;
    event.preventDefault(); // a plain jump would load the page anew if its address has a query
    event.stopPropagation();
    const id = link.getAttribute("href").slice(1);
    (id.startsWith("cite") ? showPassage : showMark)(id);
  },
  true,
);
