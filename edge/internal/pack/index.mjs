// Replaces this Node.js process by the Go program next to this file. Node.js 22.15 is the first 22 with process.execve:
// an older one stops here with "process.execve is not a function".
import process from "node:process";

process.execve(`${import.meta.dirname}/bootstrap`, ["bootstrap"], process.env);
