using System.Collections.Frozen;

namespace RewardServer.Compatibility.SandboxFusion.Submit;

/// <summary>The kinds of data sets whose provided data can be judged here, by the names of SandboxFusion's classes.</summary>
internal static class DatasetTypes
{
    /// <summary>Reads a row into a problem. What is wrong with the row it notes there.</summary>
    public delegate JudgedProblem Reader(ProvidedRow row, SubmitRequest request);

    private static readonly FrozenDictionary<string, Reader> Readers = new Dictionary<string, Reader>
    {
        ["CommonOJDataset"] = CommonOj.Read,
        ["LiveCodeBenchDataset"] = LiveCodeBench.Read,
        ["HumanEvalDataset"] = HumanEval.Read,
        ["EvoEvalDataset"] = HumanEval.Read,
        ["MultiPLEDataset"] = HumanEval.Read,
        ["MBPPDataset"] = Mbpp.Read,
        ["MHPPDataset"] = Mhpp.Read,
        ["AutoEvalDataset"] = AutoEval.Read,
        ["AutoEvalV4Dataset"] = AutoEval.Read,
        ["AutoEvalV5Dataset"] = AutoEval.Read,
        ["AutoEvalV6Dataset"] = AutoEval.Read,
        ["MBXPDataset"] = AutoEval.Read,
        ["NaturalCodeBenchDataset"] = AutoEval.ReadPytest,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // What its configuration registers (sandbox/configs/local.yaml): the name of such a set says its type, whatever the call says.
    private static readonly FrozenDictionary<string, string> Known = new (string Type, string[] Sets)[]
    {
        ("CommonOJDataset", ["code_contests"]),
        ("LiveCodeBenchDataset", ["live_code_bench_v1"]),
        ("MBPPDataset", ["mbpp"]),
        ("MHPPDataset", ["mhpp"]),
        ("EvoEvalDataset", ["evoeval"]),
        ("HumanEvalDataset", ["humaneval_python", "humaneval_cpp", "humaneval_typescript", "humaneval_bash", "humaneval_csharp", "humaneval_go", "humaneval_java", "shadow_humaneval_python", "bigcodebench"]),
        ("MultiPLEDataset", ["multiple_cpp", "multiple_ts", "multiple_sh", "multiple_cs", "multiple_go", "multiple_java", "multiple_lua", "multiple_js", "multiple_php", "multiple_pl", "multiple_rkt", "multiple_r", "multiple_rs", "multiple_scala", "multiple_swift", "multiple_rb", "multiple_d", "multiple_jl"]),
        ("MBXPDataset", ["mbxp_v1_en", "mbxp_v2_en", "humanevalds_v1_en", "humanevalds_v2_en", "oodtest_v1_zh"]),
        ("NaturalCodeBenchDataset", ["ncb_python_zh", "ncb_python_en", "ncb_java_zh", "ncb_java_en"]),
        ("AiderBenchmarkDataset", ["aider_benchmark_v1"]),
        ("CruxEvalDataset", ["cruxeval", "cruxeval_x"]),
        ("MiniF2FLean4Dataset", ["minif2f_lean4_test", "minif2f_lean4_valid"]),
        ("PalMathDataset", ["palmath"]),
        ("RepobenchCDataset", ["repobench_c_python", "repobench_c_java"]),
        ("RepobenchPDataset", ["repobench_p_python", "repobench_p_java"]),
        ("VerilogDataset", ["verilogeval_human", "verilogeval_machine"]),
    }.SelectMany(type => type.Sets.Select(set => (Set: set, type.Type))).ToFrozenDictionary(known => known.Set, known => known.Type, StringComparer.Ordinal);

    /// <summary>The type of a data set: its own where SandboxFusion knows it, else what the call says; null where nothing says it.</summary>
    public static string? TypeOf(string dataset, SubmitConfig config) => Known.GetValueOrDefault(dataset) ?? config.DatasetType;

    /// <summary>What reads rows of a type; null where such cannot be judged here.</summary>
    public static Reader? ReaderOf(string type) => Readers.GetValueOrDefault(type);

    /// <summary>The names of all types that are judged here.</summary>
    public static string Names { get; } = string.Join(", ", Readers.Keys.Order(StringComparer.Ordinal));
}
