exports.handler = async (event) => {
  const request = event.Records[0].cf.request;
  const cookies = (request.headers.cookie ?? []).map((header) => header.value).join("; ");
  if (request.uri === "/index.html" && /(^|; )group=b(;|$)/.test(cookies)) request.uri = "/b.html";
  return request;
};
