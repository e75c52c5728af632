// Questions: a choice is kept in this browser, opens the answer and stands there beside the truth.

const KEPT = "mnist-sr-answers";

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? {};
  } catch {
    return {}; // refused, or damaged
  }
}

function keep(key, answer) {
  try {
    localStorage.setItem(KEPT, JSON.stringify({ ...kept(), [key]: answer }));
    return true;
  } catch {
    return false;
  }
}

// Options that were right, as `data-right` has them: one, or a list as JSON; null if the page doesn't say.
function rightOf(details) {
  const words = details.dataset.right;
  if (words === undefined) return null;
  try {
    const list = JSON.parse(words);
    return Array.isArray(list) ? list.map(String) : [words];
  } catch {
    return [words];
  }
}

// A sign with its words; then what was said, and what is right.
function verdict(chosen, right) {
  const said = `You said: "${chosen}".`;
  if (right === null) return [said];
  if (right.includes(chosen)) return ["\u2713 Right.", said];
  if (!right.length) return ["\u2013 No option was right.", said];
  return ["\u2717 Not this time.", `You said: "${chosen}", it is: "${right.join('" or "')}".`];
}

function question(place) {
  const { question: key, options } = place.dataset;
  const note = element("p", { className: "mnist-sr-kept", role: "status" });
  const buttons = JSON.parse(options).map((answer) => {
    const button = element("button", { type: "button", onclick: () => choose(answer) });
    button.dataset.answer = answer;
    return button;
  });

  function tell(chosen, stays) {
    for (const button of buttons) {
      const { answer } = button.dataset;
      button.textContent = answer === chosen ? `\u2713 ${answer}` : answer;
      button.setAttribute("aria-pressed", answer === chosen);
    }
    const answers = [...document.querySelectorAll("details[data-answer]")].filter((one) => one.dataset.answer === key);
    note.textContent = !chosen
      ? "Choose one: this browser keeps it."
      : `You said: "${chosen}".` + (answers.length ? " The answer is open below." : "") +
        (stays ? "" : " This browser refuses to keep it: it is gone when you leave the page.");
    if (!chosen) return;
    answers.forEach((details, i) => {
      details.open = true;
      details.querySelector(".mnist-sr-hint")?.remove();
      if (i) return; // said once, in the first
      details.querySelector(".mnist-sr-yours")?.remove();
      const words = verdict(chosen, rightOf(details));
      const head = element("strong", { textContent: words.length > 1 ? `${words[0]} ` : "" });
      details.querySelector("summary").after(element("p", { className: "mnist-sr-yours" }, head, words.at(-1)));
    });
  }

  const choose = (answer) => tell(answer, keep(key, answer));
  const asked = place.querySelector("strong")?.textContent ?? "Your answer";
  place.querySelector("ul")?.remove();
  const group = { className: "mnist-sr-options", role: "group", ariaLabel: asked };
  place.append(element("div", group, ...buttons), note);
  const before = kept()[key];
  tell(JSON.parse(options).includes(before) ? before : "", true);
}
