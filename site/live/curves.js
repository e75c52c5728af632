// The Hedge's curves, as hedge.html draws them: mean squared error over t, a marker at the t shown.

const CURVES_SAY = "Curves of the error over t; the numbers stand in the picture's description.";

// An SVG in a list, or none without `curves`: each mark's `curve` over COURSE.hedge.steps with its `dash`, and `now`.
function curvesOf(curves) {
  if (!curves) return [];
  const { t, marks } = curves, { steps } = COURSE.hedge, top = Math.max(...marks.flatMap(({ curve }) => curve));
  const x = (at) => (34 + 420 * at).toFixed(1), y = (error) => (128 - (112 * error) / top).toFixed(1);
  const line = ({ dash, curve }) => {
    const points = curve.map((error, i) => `${x(steps[i])},${y(error)} `).join("");
    return `<polyline stroke-width="2" stroke-dasharray="${dash}" points="${points}" />`;
  };
  const marker = ({ name, dash, now }, i) =>
    `<circle cx="${x(t)}" cy="${y(now)}" r="5" fill="currentcolor" stroke="var(--jp-layout-color1, #fff)" ` +
    `stroke-width="1.5" /><g fill="currentcolor" stroke="none"><text x="488" y="${22 + 44 * i}">${name}</text>` +
    `<text x="488" y="${40 + 44 * i}" font-weight="bold">${now.toFixed(4)}</text></g>` +
    `<path d="M464 ${18 + 44 * i}h20" stroke-width="2" stroke-dasharray="${dash}" />`;
  const drawing = element("template");
  drawing.innerHTML = `<svg class="mnist-sr-curve" viewBox="0 0 600 150" preserveAspectRatio="xMinYMid" role="img"
    aria-label="${CURVES_SAY}" fill="none" stroke="currentcolor" font-size="12"><path d="M34 10V128H460" />
    <g fill="currentcolor" stroke="none">
      <text x="30" y="20" text-anchor="end">${top.toFixed(2)}</text><text x="30" y="132" text-anchor="end">0</text>
      <text x="34" y="145">t = 0, mean</text><text x="454" y="145" text-anchor="end">t = 1, sample</text>
      <text x="40" y="20">mean squared error</text>
    </g>
    ${marks.map(line).join("")}<path d="M${x(t)} 10V128" stroke-dasharray="1 4" />${marks.map(marker).join("")}</svg>`;
  return [drawing.content.firstChild];
}
