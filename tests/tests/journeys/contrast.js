// Lists every visible text whose contrast with what lies behind it is too low.
const rgb = (text) => (text.match(/[\d.]+/g) ?? []).map(Number);
const opaque = (text) => text.startsWith("rgb") && (rgb(text)[3] ?? 1) === 1;
const light = (text) => {
  const [r, g, b] = rgb(text).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a, b) => {
  const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
};
// Behind a text of the page: the nearest ancestor with a ground. Behind one of the picture: the last filled shape under
// its middle, else what is behind the picture.
const behind = (element) => {
  const picture = element.closest("svg");
  if (picture !== null) {
    const box = element.getBoundingClientRect();
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    const under = [...picture.querySelectorAll("rect, circle")].filter((shape) => {
      const around = shape.getBoundingClientRect();
      const holds = around.left <= x && x <= around.right && around.top <= y && y <= around.bottom;
      const before = shape.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
      return holds && before && opaque(getComputedStyle(shape).fill);
    });
    if (under.length > 0) {
      return getComputedStyle(under.at(-1)).fill;
    }
  }
  for (let one = picture ?? element; one !== null; one = one.parentElement) {
    const ground = getComputedStyle(one).backgroundColor;
    if (opaque(ground)) {
      return ground;
    }
  }
  return "rgb(255, 255, 255)";
};
const faint = new Set();
const texts = document.createTreeWalker(document.querySelector(".interspoke"), NodeFilter.SHOW_TEXT);
for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
  const element = text.parentElement;
  const unseen = text.data.trim() === "" || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  // What cannot be used may be faint.
  if (unseen || element.closest("option, :disabled") !== null) {
    continue;
  }
  const style = getComputedStyle(element);
  const colour = element instanceof SVGElement ? style.fill : style.color;
  const size = parseFloat(style.fontSize);
  const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
  const ground = behind(element);
  const ratio = contrast(colour, ground);
  if (ratio < (large ? 3 : 4.5)) {
    faint.add(`${text.data.trim().slice(0, 30)}: ${ratio.toFixed(2)} (${colour} on ${ground})`);
  }
}
return [...faint];
