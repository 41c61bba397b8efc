// user and pass
const expected = "Basic dXNlcjpwYXNz";

exports.handler = async (event) => {
  const request = event.Records[0].cf.request;
  const given = request.headers.authorization;
  if (given && given[0].value === expected) return request;
  return { status: "401", headers: { "www-authenticate": [{ value: "Basic" }] }, body: "no entry" };
};
