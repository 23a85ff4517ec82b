// Every violation that axe finds: rule, how often, and the first place.
const options = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };
const { violations } = await axe.run(document, options);
return violations.map(({ id, nodes }) => `${id} at ${nodes.length}: ${nodes[0].target.join(" ")}`);
