export const handler = async (event) => {
  const request = event.Records[0].cf.request;
  if (request.uri !== "/old") return request;
  return { status: "301", headers: { location: [{ key: "Location", value: "https://www.example.com/new" }] } };
};
