import { spawnSync } from "node:child_process";
import { Duration } from "aws-cdk-lib";
import * as cloudfront from "aws-cdk-lib/aws-cloudfront";
import * as iam from "aws-cdk-lib/aws-iam";
import * as lambda from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";

export interface GoEdgeFunctionProps {
  readonly functionName: string;
  readonly description: string;
  /** The path of a zip that edgepack made. */
  readonly zip: string;
  readonly trigger: cloudfront.LambdaEdgeEventType;
  readonly role: iam.IRole;
}

/**
 * A Go program at the edge. CDK refuses environment variables and little else of what Lambda@Edge refuses, so the settings are fixed
 * here, and at synth edgepack -check says what is wrong with the zip.
 */
export class GoEdgeFunction extends cloudfront.experimental.EdgeFunction {
  /** What a behavior's edgeLambdas takes. */
  readonly association: cloudfront.EdgeLambda;

  constructor(scope: Construct, id: string, props: GoEdgeFunctionProps) {
    super(scope, id, {
      functionName: props.functionName,
      description: props.description,
      role: props.role,
      code: lambda.Code.fromAsset(props.zip),
      handler: "index.handler", // edgepack's index.mjs and index.py
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.X86_64,
      memorySize: 128, // AWS's pages disagree about viewer triggers; 128 MB and 5 s are within all of them
      timeout: Duration.seconds(5),
    });
    this.association = { eventType: props.trigger, functionVersion: this.currentVersion };
    this.node.addValidation({ validate: () => check(props.zip, props.trigger) });
  }
}

/** Returns what is wrong with a zip for a trigger, in edgepack's words. */
function check(zip: string, trigger: string): string[] {
  const ran = spawnSync("go", ["run", "github.com/edgehelpers/lambdaedge/edge/edgepack", "-check", zip], { encoding: "utf8" });
  if (ran.error) {
    return [`${zip} was not checked: go: ${ran.error.message}`];
  }
  if (ran.status !== 0) {
    return [ran.stderr.replace(/^exit status \d+\s*$/m, "").trim()]; // go run's last line
  }
  if (!new RegExp(`^  ${trigger} +handled`, "m").test(ran.stdout)) {
    return [`${zip}: the program has no handler for ${trigger}:\n${ran.stdout.trim()}`];
  }
  return [];
}
