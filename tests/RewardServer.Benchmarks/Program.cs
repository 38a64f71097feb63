using RewardServer.Benchmarks;
using RewardServer.Benchmarks.Grade;

switch (args)
{
    case ["http", var items]:
        await HttpBenchmark.RunAsync(items, "\"r1-zero\"");
        return 0;
    case ["http", var items, var rubric]:
        await HttpBenchmark.RunAsync(items, rubric);
        return 0;
    case ["maths"]:
        MathsBenchmark.Run("MATH-like, generated", MathPairs.Formulas());
        return 0;
    case ["maths", var golds]:
        MathsBenchmark.Run($"golds of {Path.GetFileName(golds)}", MathPairs.Of(File.ReadAllLines(golds)));
        return 0;
    case ["hostile"]:
        HostileBenchmark.Run();
        return 0;
    case ["sandbox"]:
        await SandboxBenchmark.RunAsync("local");
        return 0;
    case ["sandbox", var engine]:
        await SandboxBenchmark.RunAsync(engine);
        return 0;
    case ["conversation"]:
        await ConversationBenchmark.RunAsync("local");
        return 0;
    case ["conversation", var engine]:
        await ConversationBenchmark.RunAsync(engine);
        return 0;
    case ["forks", var engine, var humanEval]:
        return await ForkCheck.RunAsync(engine, humanEval);
    case ["humaneval", var rows]:
        return await HumanEvalBenchmark.RunAsync(rows);
    case ["run-code", .. var arguments] when RunCodeArguments(arguments) is ({ } seconds, { } rows):
        return await RunCodeBenchmark.RunAsync(seconds, rows);
    case ["problems"]:
        await ProblemsBenchmark.RunAsync();
        return 0;
    case ["pairs", var count]:
        return await PairsCheck.RunAsync(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
    case ["csharp"]:
        await CSharpBenchmark.RunAsync();
        return 0;
    case ["soak", var runs, var clients]:
        return await SoakBenchmark.RunAsync(int.Parse(runs, System.Globalization.CultureInfo.InvariantCulture), int.Parse(clients, System.Globalization.CultureInfo.InvariantCulture));
    case ["rounds"]:
        await RoundsBenchmark.RunAsync(null);
        return 0;
    case ["rounds", var samples]:
        await RoundsBenchmark.RunAsync(samples);
        return 0;
    case ["language"]:
        await LanguageBenchmark.RunAsync();
        return 0;
    case ["text"]:
        await TextBenchmark.RunAsync();
        return 0;
    case ["training"]:
        TrainingBenchmark.Run();
        return 0;
    case ["recipe", var name, .. var rest]:
        await RecipeBenchmark.RunAsync(name, rest);
        return 0;
    case ["gpu", .. var arguments]:
        return GpuBenchmark.Run(arguments);
    case ["grade", var rows, .. var arguments]:
        return await GradeBenchmark.RunAsync(long.Parse(rows, System.Globalization.CultureInfo.InvariantCulture), arguments);
    case ["grade-humaneval", var rows, var samples, .. var arguments]:
        return await GradeHumanEvalBenchmark.RunAsync(rows, int.Parse(samples, System.Globalization.CultureInfo.InvariantCulture), arguments);
    case ["golds", var solutions]:
        GoldsCheck.Run(solutions);
        return 0;
    default:
        Console.Error.WriteLine("""
            usage: http ITEMS.jsonl [RUBRIC]   time from start to the first answer, then items a second through POST /v1/grade
                   maths [GOLDS.txt]           pairs a second through the verifier on one core; one gold a line
                   sandbox [docker]            what a slot adds to a program, beside the same started bare
                   conversation [docker]       exchanges of lines a second between two programs
                   forks ENGINE HUMANEVAL.jsonl  whether programs do the same in forks of the zygote as in fresh interpreters
                   problems                    ten-test problems a second through POST /v1/grade
                   humaneval HUMANEVAL.jsonl     how many solutions and empty bodies pass, and the time of the whole set, through POST /v1/grade
                   run-code [SECONDS] [HUMANEVAL.jsonl]
                                               64 clients that post HumanEval to POST /run_code as verl does, for 60 s: wrong answers, time-outs, rate;
                                               the rows may also be named by the environment's HUMANEVAL
                   pairs COUNT                 whether verdicts on programs of Python's are those of plain processes
                   csharp                      programs in C# a second, compiled and run
                   soak RUNS CLIENTS           many clients for long: no output may be wrong or lost, and nothing may leak
                   rounds [SAMPLES.csv]        how true the ratios of efficiency are while the other core is loaded
                   hostile                     time and allocation of inputs meant to hang the verifier
                   language                    how true the shares of languages are in mixed text, and what they cost
                   text                        completions a second by the graders that only read their text, on one core
                   training                    tokens a second that small policies train on and generate
                   recipe NAME SEED… [threads=N] [more=SECONDS] [unreinforced]
                                               what reinforcement gains on held-out problems, and the same time (or more=SECONDS of it) of more pretraining
                   gpu LIBTORCH parity [CHECKPOINT]
                   gpu LIBTORCH speed SHAPE WHAT
                                               whether a GPU computes what the processors do, and how fast; see gpu/run
                   grade ROWS [FLAGS…]         so many distinct rows like MATH's through the command line's grade, with its flags: time, memory, and whether
                                               every row is there once
                   grade-humaneval HUMANEVAL.jsonl SAMPLES [FLAGS…]
                                               so many samples of each problem through the command line's grade, beside the same runs in the sandbox alone
                   golds MATH.jsonl            which golds are read, equal themselves in other writings, and equal the next problem's
            """);
        return 2;
}

static (double? Seconds, string? Rows) RunCodeArguments(string[] arguments)
{
    const double Minute = 60;
    var number = arguments.Select(argument => double.TryParse(argument, System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : (double?)null).FirstOrDefault(value => value is not null);
    var rows = arguments.FirstOrDefault(argument => !double.TryParse(argument, System.Globalization.CultureInfo.InvariantCulture, out _));
    return (number ?? Minute, rows ?? Environment.GetEnvironmentVariable("HUMANEVAL"));
}
