// Says what is wrong with how the focus is shown, or nothing.
const element = document.activeElement;
const box = element.getBoundingClientRect();
if (box.right <= 0 || box.bottom <= 0 || box.left >= innerWidth || box.top >= innerHeight) {
  return "outside the window";
}
const ring = (one) => {
  const style = getComputedStyle(one);
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const shadowed = style.boxShadow !== "none";
  const stroked = style.stroke !== "none" && style.stroke !== "" && parseFloat(style.strokeWidth) >= 2;
  return outlined || shadowed || (one instanceof SVGRectElement && stroked);
};
const near = [element, element.parentElement, ...element.querySelectorAll("rect")];
if (!near.some(ring)) {
  return "no visible focus";
}
const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
const inside = x >= 0 && y >= 0 && x < innerWidth && y < innerHeight;
const top = inside ? document.elementFromPoint(x, y) : element;
const own = element.contains(top) || top.contains(element) || element.labels?.[0]?.contains(top);
return own || top.closest("svg") !== null ? null : `covered by <${top.tagName} class="${top.className}">`;
