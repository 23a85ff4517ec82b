// What is seen with a role, and how it is called: the part of the accessible name's rules that this page makes use of.
const ROLES = {
  button: "button, [role=button]",
  checkbox: "input[type=checkbox]",
  combobox: "select, [role=combobox]",
  dialog: "dialog, [role=dialog]",
  tab: "[role=tab]",
  textbox: "textarea, input:not([type]):not([role]), input[type=text]:not([role]), input[type=search]:not([role])",
};

function called(element) {
  const told = element.getAttribute("aria-label");
  const others = (element.getAttribute("aria-labelledby") ?? "").split(" ").filter(Boolean);
  const named = others.map((id) => element.getRootNode().getElementById(id)?.textContent);
  const labels = [...(element.labels ?? [])].map((label) => label.textContent);
  const inside = element.matches("input, select, textarea") ? element.title : element.innerText ?? element.textContent;
  const name = told ?? [...named, ...labels].join(" ") ?? "";
  return (name || inside || element.title || "").replace(/\s+/g, " ").trim();
}

function named(root, role) {
  const selector = ROLES[role] ?? `[role=${role}]`;
  const own = (element) => (element.getAttribute("role") ?? role) === role;
  window.foundByRole = [...root.querySelectorAll(selector)].filter((element) => own(element) && element.checkVisibility());
  return window.foundByRole.map(called);
}
