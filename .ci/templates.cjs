// Holds a template of CloudFormation to AWS's schemas of the resources, and writes it as JSON, with the packages inside aws-cdk-lib.
//
//   node templates.cjs NODE_MODULES TEMPLATE JSON
const { createRequire } = require("node:module");
const fs = require("node:fs");
const [modules, template, json] = process.argv.slice(2);
const cdk = createRequire(`${modules}/aws-cdk-lib/index.js`);
const { CompositeEngine, TemplateFile, version } = cdk("@aws/cloudformation-validate");
const yaml = cdk("yaml");

// SAM makes FUNCTION.Version of a function with AutoPublishAlias, which the validator takes for a name that is not there.
const ofSAM = ({ ruleId, message }) => ruleId === "F1020" && /^'(ViewerRequest|OriginResponse)\.Version' is not one of/.test(message);
const wrong = new CompositeEngine()
  .validateTemplate(new TemplateFile(template))
  .diagnostics.filter((found) => found.severity !== "INFO" && !ofSAM(found));
for (const { severity, ruleId, message } of wrong) {
  console.error(`${template}: ${severity} ${ruleId}: ${message}`);
}
console.log(`cloudformation-validate ${version()}: ${wrong.length} findings`);
process.exitCode = wrong.length === 0 ? 0 : 1;

// The short form of a function stands for the long one. What follows its name is YAML again.
const customTags = ["Ref", "Equals", "GetAtt", "Sub"].map((name) => ({
  tag: `!${name}`,
  resolve: (_, node) => {
    const value = parse(node.toString().slice(name.length + 1));
    return name === "Ref" ? { Ref: value } : { [`Fn::${name}`]: name === "GetAtt" ? value.split(".") : value };
  },
}));
const parse = (text) => yaml.parse(text, { customTags });
fs.writeFileSync(json, JSON.stringify(parse(fs.readFileSync(template, "utf8")), null, 2));
