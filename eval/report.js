"use strict";
const filters = [...document.querySelectorAll("[data-filter]")];
const questions = [...document.querySelectorAll("details[data-verdict]")];

function show() {
  let shown = 0;
  for (const question of questions) {
    const keep = filters.every(({ dataset, value }) => !value || (dataset.filter === "text"
      ? question.textContent.toLowerCase().includes(value.toLowerCase())
      : question.dataset[dataset.filter] === value));
    question.hidden = !keep;
    shown += keep;
  }
  document.getElementById("shown").textContent = `${shown} / ${questions.length}`;
}

for (const filter of filters) filter.addEventListener("input", show);
show();
