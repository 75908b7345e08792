using Weir.Cli;

return await CommandLine.RunAsync(args, CommandIo.OfProcess()).ConfigureAwait(false);
