// A ClickHouse server in a process of its own: chdb's library carries all of `clickhouse local`, which can listen like
// a server. It serves until its standard input ends, which also happens when the process that started it dies.
// Arguments: the configuration file, the folder of the data, and a folder to remove in the end, if any.
const { rmSync } = require("node:fs");
const { dirname, join } = require("node:path");
const { DataType, load, open } = require("ffi-rs");

const [configFile, dataFolder, throwAway] = process.argv.slice(2);
const platform = `${process.platform}-${process.arch}${process.platform === "linux" ? "-gnu" : ""}`;
const folder = dirname(require.resolve(`@chdb/lib-${platform}/package.json`));

const command = [
  "clickhouse",
  `--config-file=${configFile}`,
  `--path=${dataFolder}`,
  // The last of these waits for a line on standard input, and none ever comes.
  "--query=SYSTEM START LISTEN HTTP; SYSTEM START LISTEN TCP; SELECT count() FROM table",
  "--structure=line String",
  "--input-format=LineAsString",
];

// ffi-rs calls on the stack of the thread; ClickHouse refuses to run on any other.
open({ library: "chdb", path: join(folder, "libchdb.so") });
load({
  library: "chdb",
  funcName: "chdb_query_cmdline",
  retType: DataType.External,
  paramsType: [DataType.I32, DataType.StringArray],
  paramsValue: [command.length, command],
});

if (throwAway) rmSync(throwAway, { recursive: true, force: true });
// The engine has shut down, and left nothing that Node could tidy up.
process.kill(process.pid, "SIGKILL");
