using RewardServer.Benchmarks;

if (args is not ["http", var input, .. var rest] || rest.Length > 1)
{
    Console.Error.WriteLine("""
        usage: http ITEMS.jsonl [RUBRIC]   time from start to the first answer, then items a second through POST /v1/grade
        """);
    return 2;
}

await HttpBenchmark.RunAsync(input, rest is [var rubric] ? rubric : "\"r1-zero\"");
return 0;
