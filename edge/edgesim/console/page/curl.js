// A viewer's request as a command for curl, in a POSIX shell.

// quote makes one word of any text. Control characters, which a terminal or a shell might obey when they are pasted, are written as escapes
// in $'...' (POSIX.1-2024, "Dollar-Single-Quotes"; bash, ksh and zsh have had it before).
export function quote(text) {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  if (!/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(text)) return `'${text.replaceAll("'", `'\\''`)}'`;
  const bytes = (c) => [...new TextEncoder().encode(c)].map((b) => `\\${b.toString(8).padStart(3, "0")}`).join("");
  return `$'${text.replace(/[\p{Cc}\p{Cf}\u2028\u2029\\'!]/gu, bytes)}'`;
}

const token = /^[!#$%&'*+.^_`|~\w-]+$/; // RFC 9110 section 5.6.2; a name that begins with @ would be a file to curl

// curl gives the command. site is where the simulator listens, "" when that is not known; the body of a request is not kept.
export function curl(viewer, site) {
  const base = site || `http://${viewer.host}`;
  const absolute = /^https?:\/\//.test(viewer.target);
  const words = [["curl"], ["--include"], ["--globoff"], ["--path-as-is"]];
  const add = (...option) => words.push(option);
  if (viewer.method === "HEAD") add("--head");
  else if (viewer.method !== "GET") add("--request", viewer.method);
  if (viewer.host && viewer.host !== base.replace(/^https?:\/\//, "")) add("--header", `Host: ${viewer.host}`);
  const names = Object.keys(viewer.header ?? {}).filter((name) => token.test(name) && !/^(host|content-length|transfer-encoding)$/i.test(name)).sort();
  for (const name of names) {
    for (const value of viewer.header[name]) add("--header", value === "" ? `${name};` : `${name}: ${value}`);
  }
  // What curl sends by itself would be in the cache key of some policies.
  for (const name of ["User-Agent", "Accept"]) if (!names.includes(name)) add("--header", `${name}:`);
  add(absolute ? viewer.target : base + (viewer.target.startsWith("/") ? "" : "/") + viewer.target);
  return words.map((option) => option.map(quote).join(" ")).join(" \\\n  ");
}
