exports.handler = async (event) => {
  const request = event.Records[0].cf.request;
  const cookies = (request.headers.cookie || []).flatMap((header) => header.value.split("; "));
  if (cookies.includes("member=yes")) {
    return request;
  }
  return { status: "302", statusDescription: "Found", headers: { location: [{ key: "Location", value: "/join" }] } };
};
