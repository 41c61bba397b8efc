// A viewer-request function as people have them: the path without index.html gets it, and a header says so.
exports.handler = async (event) => {
  const request = event.Records[0].cf.request;
  if (request.uri.endsWith("/")) request.uri += "index.html";
  request.headers["x-rewritten"] = [{ key: "X-Rewritten", value: "1" }];
  return request;
};
