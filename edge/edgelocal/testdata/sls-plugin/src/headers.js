exports.handler = async (event) => {
  const response = event.Records[0].cf.response;
  response.headers["x-content-type-options"] = [{ value: "nosniff" }];
  return response;
};
