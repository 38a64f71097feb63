using RewardServer.Cli;

return await CommandLine.RunAsync(args);
