// An answer and "not asked, declined, unknown" never stand chosen together: choosing one
// takes the other back. The server says the same (an answer counts more).

for (const question of document.querySelectorAll("fieldset.field, .field")) {
  const quiet = question.querySelector(":scope > .chips-quiet");
  if (!quiet) continue;
  const answers = () => [...question.querySelectorAll("input, select")].filter((each) => !quiet.contains(each));
  question.addEventListener("change", ({ target }) => {
    if (quiet.contains(target)) {
      for (const each of answers()) each.matches("select") ? (each.value = "") : (each.checked = false);
    } else if (target.matches("select") ? target.value : target.checked) {
      for (const each of quiet.querySelectorAll(":checked")) each.checked = false;
    }
  });
}
