// A board to sign on. What is drawn goes into a hidden field as strokes of points, 600 by 200;
// the server checks it and draws it again. Nothing of it is kept in the browser.

const WIDTH = 600, HEIGHT = 200, MOST = 5500;

function start(box) {
  const field = document.getElementById(box.dataset.signature);
  const canvas = box.querySelector("canvas");
  const clear = box.querySelector("[data-signature-clear]");
  const said = box.querySelector("[data-signature-said]");
  const pen = canvas.getContext("2d");
  let strokes = [];
  let drawing = null;

  const place = (event) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const within = (value, most) => Math.max(0, Math.min(most, Math.round(value)));
    return [within(((event.clientX - left) / width) * WIDTH, WIDTH), within(((event.clientY - top) / height) * HEIGHT, HEIGHT)];
  };

  function draw() {
    pen.clearRect(0, 0, WIDTH, HEIGHT);
    Object.assign(pen, { strokeStyle: getComputedStyle(canvas).color, lineWidth: 3, lineCap: "round", lineJoin: "round" });
    for (const [first, ...rest] of strokes) {
      pen.beginPath();
      pen.moveTo(...first);
      for (const point of rest.length ? rest : [first]) pen.lineTo(...point);
      pen.stroke();
    }
  }

  function keep() {
    field.value = strokes.length ? JSON.stringify({ strokes }) : "";
    said.textContent = strokes.length ? said.dataset.done : said.dataset.empty;
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    canvas.setPointerCapture(event.pointerId);
    drawing = [place(event)];
    strokes.push(drawing);
    draw();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing || strokes.flat().length > MOST) return;
    const [x, y] = place(event);
    const [px, py] = drawing.at(-1);
    if (Math.abs(x - px) + Math.abs(y - py) < 2) return;
    drawing.push([x, y]);
    draw();
  });
  for (const name of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(name, () => {
      if (!drawing) return;
      drawing = null;
      keep();
    });
  }
  clear.addEventListener("click", () => {
    strokes = [];
    draw();
    keep();
  });

  try {
    strokes = JSON.parse(field.value).strokes ?? [];
  } catch {
    strokes = [];
  }
  canvas.hidden = clear.hidden = false;
  box.querySelector("[data-signature-off]").hidden = true;
  draw();
  keep();
}

for (const box of document.querySelectorAll("[data-signature]")) start(box);
