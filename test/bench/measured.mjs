// `node test/bench/measured.mjs MAIN ARGUMENTS…`: runs the command line in this process, then says on stderr what it took.
const [main, ...args] = process.argv.slice(2);
const { main: run } = await import(main);
process.exitCode = await run(args);
process.stderr.write(`most memory: ${process.resourceUsage().maxRSS * 1024}\n`);
