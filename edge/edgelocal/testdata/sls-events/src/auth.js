exports.handler = async (event) => {
  const request = event.Records[0].cf.request;
  const token = request.headers["x-token"];
  if (token && token[0].value === "letter") return request;
  return { status: "302", headers: { location: [{ value: "https://login.example.com/?back=" + encodeURIComponent(request.uri) }] } };
};
