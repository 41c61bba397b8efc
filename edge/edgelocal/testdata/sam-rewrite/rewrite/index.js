exports.handler = async (event) => {
  const request = event.Records[0].cf.request;
  if (request.uri.endsWith("/")) request.uri += "index.html";
  else if (!request.uri.includes(".")) return { status: "301", headers: { location: [{ value: request.uri + "/" }] } };
  return request;
};
