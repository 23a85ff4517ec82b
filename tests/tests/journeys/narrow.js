// Lists what a reader with a narrow window cannot see whole, or cannot press with a finger.
const faults = [];
const page = document.scrollingElement;
if (page.scrollWidth > page.clientWidth) {
  faults.push(`the page is ${page.scrollWidth} wide in a window of ${page.clientWidth}`);
}
// A phrase in a line of text may be as low as the line.
const isInline = (control) => getComputedStyle(control).display === "inline";
for (const control of document.querySelectorAll("button, input, select, summary, a[href], [role=button]")) {
  if (control.disabled || !control.checkVisibility({ visibilityProperty: true })) {
    continue;
  }
  const named = `${control.tagName} ${control.ariaLabel ?? control.id ?? ""} ${control.textContent.slice(0, 30)}`;
  control.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
  const pressed = control.closest("label") ?? control;
  const box = pressed.getBoundingClientRect();
  if (!isInline(control) && !(control instanceof SVGElement) && (box.width < 24 || box.height < 24)) {
    faults.push(`${named} is ${box.width.toFixed(0)} × ${box.height.toFixed(0)}`);
  }
  const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const top = document.elementFromPoint(x, y);
  if (top === null || !(pressed.contains(top) || top.contains(control) || top.closest("label")?.contains(control))) {
    faults.push(`${named} lies under ${top?.tagName} ${top?.className?.baseVal ?? top?.className}`);
  }
}
scrollTo(0, 0);
return faults;
