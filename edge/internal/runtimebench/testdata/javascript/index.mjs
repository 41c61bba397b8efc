// The demo's viewer-request handler in JavaScript: the form's request is sent to other.html with its query, byte for byte.
const isIndex = (path) => path === "/" || path === "/index.html";

const refererPath = (headers) => {
  try {
    return new URL(headers.referer[0].value).pathname;
  } catch {
    return "";
  }
};

export const handler = async (event) => {
  const { config, request } = event.Records[0].cf;
  const redirects =
    request.querystring !== "" &&
    request.uri !== "/other.html" &&
    (isIndex(request.uri) || isIndex(refererPath(request.headers)));
  if (!redirects) {
    return request;
  }
  const location = `https://${config.distributionDomainName}/other.html?${request.querystring}`;
  return {
    status: "302",
    headers: { location: [{ key: "Location", value: location }] },
  };
};
