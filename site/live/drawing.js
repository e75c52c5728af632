// A drawn digit, as mnist_sr_helpers/explorers/drawing.py has it: strokes become ink, ink is centred as MNIST's is.

// Strokes, lists of points [x, y] from 0 to 1, as a bitmap of COURSE.field pixels a side, each 0 or 1.
function drawStrokes(strokes) {
  const side = COURSE.field, radius = (COURSE.pen * side) / 2, ink = new Float32Array(side * side);
  const within = (value) => Math.min(side - 1, Math.max(0, value));
  for (const stroke of strokes) {
    const points = stroke.map(([x, y]) => [x * side, y * side]);
    points.forEach(([x1, y1], i) => {
      const [x0, y0] = points[Math.max(0, i - 1)], length = (x1 - x0) ** 2 + (y1 - y0) ** 2;
      for (let y = within(Math.floor(Math.min(y0, y1) - radius)); y <= within(Math.max(y0, y1) + radius); y++) {
        for (let x = within(Math.floor(Math.min(x0, x1) - radius)); x <= within(Math.max(x0, x1) + radius); x++) {
          const along = ((x + 0.5 - x0) * (x1 - x0) + (y + 0.5 - y0) * (y1 - y0)) / (length || 1);
          const t = Math.min(1, Math.max(0, along)); // the nearest point of the line
          const far = (x + 0.5 - x0 - t * (x1 - x0)) ** 2 + (y + 0.5 - y0 - t * (y1 - y0)) ** 2;
          if (far <= radius * radius) ink[y * side + x] = 1;
        }
      }
    });
  }
  return ink;
}

// PIL's resampling along rows, of one line of `size` values after another: the mean over a box where lines shrink, a
// straight line between neighbours where they grow.
function resampled(lines, size, wanted, shrink) {
  const scale = size / wanted, wide = Math.max(1, scale), support = (shrink ? 0.5 : 1) * wide;
  const weight = (x) => (shrink ? Number(x > -0.5 && x <= 0.5) : Math.max(0, 1 - Math.abs(x)));
  const taps = Array.from({ length: wanted }, (_, i) => {
    const centre = (i + 0.5) * scale, first = Math.max(0, Math.floor(centre - support + 0.5));
    const end = Math.min(size, Math.floor(centre + support + 0.5));
    const weights = Array.from({ length: end - first }, (_, k) => weight((k + first - centre + 0.5) / wide));
    const sum = weights.reduce((a, b) => a + b, 0);
    return { first, weights: weights.map((w) => w / sum) };
  });
  return lines.map((line) =>
    Float32Array.from(taps, ({ first, weights }) => weights.reduce((sum, w, k) => sum + w * line[first + k], 0)));
}

const turned = (lines) => Array.from(lines[0], (_, i) => Float32Array.from(lines, (line) => line[i]));

// Where rows (or columns) start in the frame, so that the centre of their mass comes to COURSE.centre.
function offset(lines) {
  const masses = lines.map((line) => line.reduce((a, b) => a + b, 0)), all = masses.reduce((a, b) => a + b, 0);
  const centre = masses.reduce((sum, mass, i) => sum + mass * i, 0) / all;
  return Math.min(Math.max(Math.ceil(COURSE.centre - 0.5 - centre), 0), SIDE - lines.length);
}

// Half of an odd number goes to the even neighbour, as in Python.
const roundEven = (v) => (v % 1 === 0.5 ? 2 * Math.round(v / 2) : Math.round(v));

// A square picture's ink in MNIST's box, its centre of mass in MNIST's place; black if there is no ink.
function centreLikeMnist(picture) {
  const side = Math.sqrt(picture.length), centred = new Float32Array(SIDE * SIDE);
  let top = side, left = side, bottom = -1, right = -1;
  for (let i = 0; i < picture.length; i++) {
    if (picture[i] <= 0.5 / 255) continue; // it would be stored as level 0
    const x = i % side, y = Math.floor(i / side);
    if (top > y) top = y;
    if (left > x) left = x;
    if (right < x) right = x;
    bottom = y;
  }
  if (bottom < 0) return centred;
  const height = bottom - top + 1, width = right - left + 1, scale = COURSE.box / Math.max(height, width);
  const [high, wide] = [height, width].map((size) => Math.max(1, roundEven(size * scale)));
  const lines = Array.from({ length: height }, (_, y) =>
    picture.subarray((top + y) * side + left, (top + y) * side + right + 1));
  const columns = resampled(turned(resampled(lines, width, wide, scale <= 1)), height, high, scale <= 1);
  const rows = turned(columns);
  const y0 = offset(rows), x0 = offset(columns);
  rows.forEach((row, y) => row.forEach((v, x) => (centred[(y0 + y) * SIDE + x0 + x] = Math.min(1, Math.max(0, v)))));
  return centred;
}

// A picture moved by whole pixels; what leaves the frame is lost.
function moved(picture, right, down) {
  return picture.map((_, i) => {
    const x = (i % SIDE) - right, y = Math.floor(i / SIDE) - down;
    return x >= 0 && x < SIDE && y >= 0 && y < SIDE ? picture[y * SIDE + x] : 0;
  });
}
