// The header that is there afterwards says which triggers ran.
export const handler = async (event) => {
  const { config, request, response } = event.Records[0].cf;
  const message = response ?? request;
  const before = message.headers["x-ran"]?.[0].value ?? "";
  message.headers["x-ran"] = [{ value: (before + " " + config.eventType).trim() }];
  return message;
};
