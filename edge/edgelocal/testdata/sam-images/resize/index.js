// What the bucket does not have is made. A library would make a picture here; this one says its size.
exports.handler = async (event) => {
  const { request, response } = event.Records[0].cf;
  const made = /\/(\d+x\d+)\/[^/]+$/.exec(request.uri);
  if (!made || !["403", "404"].includes(response.status)) return response;
  return {
    status: "200",
    statusDescription: "OK",
    headers: { ...response.headers, "content-type": [{ value: "image/svg+xml" }], "cache-control": [{ value: "max-age=31536000" }] },
    body: Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><title>${made[1]}</title></svg>`).toString("base64"),
    bodyEncoding: "base64",
  };
};
