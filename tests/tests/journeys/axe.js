// Every violation that axe finds: rule, how often, and the first place.
const options = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };
const { violations } = await axe.run(document, options);
// A name that is cut short is not read out; axe takes it for a visible label all the same.
const isCut = ({ target }) => document.querySelector(target[0])?.querySelector("text[aria-hidden=true]") !== null;
const label = violations.find(({ id }) => id === "label-content-name-mismatch");
if (label) label.nodes = label.nodes.filter((node) => !isCut(node));
return violations.filter(({ nodes }) => nodes.length > 0).map(({ id, nodes }) => `${id} at ${nodes.length}: ${nodes[0].target.join(" ")}`);
