// A plain server of Node.js that does by hand what the distribution does: it makes the event, calls the handler, and answers with the page.
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { handler } from "./handler.js";

const page = readFileSync(new URL("index.html", import.meta.url));

const event = (request) => {
  const [uri, querystring = ""] = request.url.split("?");
  const headers = {};
  for (let i = 0; i < request.rawHeaders.length; i += 2) {
    const key = request.rawHeaders[i];
    (headers[key.toLowerCase()] ??= []).push({ key, value: request.rawHeaders[i + 1] });
  }
  const config = { distributionDomainName: "d111111abcdef8.cloudfront.net", distributionId: "EDFDVBD6EXAMPLE", eventType: "viewer-request", requestId: "probe" };
  return { Records: [{ cf: { config, request: { clientIp: request.socket.remoteAddress, headers, method: request.method, querystring, uri } } }] };
};

const server = createServer(async (request, response) => {
  await handler(event(request), {});
  response.writeHead(200, { "Content-Type": "text/html", "Content-Length": page.length });
  response.end(page);
});
server.listen(Number(process.argv[2]), "127.0.0.1");
