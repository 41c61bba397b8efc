// Replaces this Node.js process by the Go program next to this file. Node.js 22.15 is the first 22 with process.execve: an older one stops
// here with "process.execve is not a function". The global process is used: to import it takes 10 ms of a start, and leaves the standard
// descriptors non-blocking. accessSync says which file is missing; execve itself would end Node.js 22 and 24 with its number alone.
const bootstrap = `${import.meta.dirname}/bootstrap`;
process.getBuiltinModule("fs").accessSync(bootstrap, 1);
process.execve(bootstrap, ["bootstrap"], process.env);
