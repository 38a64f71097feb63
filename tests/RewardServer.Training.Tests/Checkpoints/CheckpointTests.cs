using System.Text.Json;
using RewardServer.Training.Checkpoints;
using RewardServer.Training.Policies;
using RewardServer.Training.Tensors;
using RewardServer.Training.Tokens;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Checkpoints;

public sealed class CheckpointTests
{
    private static PolicyShape Small => ConfigJsonTests.Small;

    public static TheoryData<PolicyShape> Shapes => ConfigJsonTests.Shapes;

    [Theory]
    [MemberData(nameof(Shapes))]
    public void What_was_written_comes_back_bit_by_bit(PolicyShape shape)
    {
        using var folder = new TemporaryFolder();
        using var policy = Random(shape);
        var tokenizer = new CharacterTokenizer("abc");
        Checkpoint.Write(policy, tokenizer, folder.File("it"));
        using var read = Checkpoint.Read(folder.File("it"), CPU);
        Assert.Equal(shape, read.Shape);
        Assert.Equal(Masters(policy), Masters(read));
        Assert.Equal("abc", Assert.IsType<CharacterTokenizer>(TokenizerFiles.Read(folder.File("it"))).Alphabet);
        // Nothing of the writing is left beside it.
        Assert.Single(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float16)]
    public void Narrower_types_round_once(ScalarType type)
    {
        using var folder = new TemporaryFolder();
        using var policy = Random(Small);
        Checkpoint.Write(policy, null, folder.File("a"), type);
        using var once = Checkpoint.Read(folder.File("a"), CPU);
        using var scope = NewDisposeScope();
        Assert.True(once.Parameters.Masters.equal(policy.Parameters.Masters.to(type).to(ScalarType.Float32)).all().item<bool>());
        Checkpoint.Write(once, null, folder.File("b"), type);
        using var twice = Checkpoint.Read(folder.File("b"), CPU);
        Assert.Equal(Masters(once), Masters(twice));
    }

    [Fact]
    public void A_policy_that_computes_in_bf16_knows_what_was_read()
    {
        using var folder = new TemporaryFolder();
        using var policy = Random(Small);
        Checkpoint.Write(policy, null, folder.Path);
        using var read = Checkpoint.Read(folder.Path, CPU, ScalarType.BFloat16);
        Assert.Equal(Masters(policy), Masters(read));
        using var scope = NewDisposeScope();
        var tokens = tensor(new long[] { 1, 2, 3 }).unsqueeze(0);
        Assert.True(read.Logits(read.Hidden(tokens)).allclose(policy.Logits(policy.Hidden(tokens)), rtol: 0.05, atol: 0.05));
    }

    [Fact]
    public void A_checkpoint_in_many_files_is_read()
    {
        using var folder = new TemporaryFolder();
        using var policy = Random(Small);
        Shard(policy, folder);
        using var read = Checkpoint.Read(folder.Path, CPU);
        Assert.Equal(Masters(policy), Masters(read));
    }

    [Theory]
    [InlineData("1.safetensors\"", "2.safetensors\"", "which has no such tensor")]
    [InlineData("1.safetensors\"", "../1.safetensors\"", "which is no file's name")]
    public void An_index_that_lies_is_refused(string right, string wrong, string named)
    {
        using var folder = new TemporaryFolder();
        using var policy = Random(Small);
        Shard(policy, folder);
        var index = File.ReadAllText(folder.File("model.safetensors.index.json"));
        folder.With("model.safetensors.index.json", index.Replace(right, wrong, StringComparison.Ordinal));
        Assert.Contains(named, Assert.Throws<InvalidDataException>(() => Checkpoint.Read(folder.Path, CPU)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shard_that_is_not_there_is_named()
    {
        using var folder = new TemporaryFolder();
        using var policy = Random(Small);
        Shard(policy, folder);
        File.Delete(folder.File("2.safetensors"));
        Assert.Contains("is \"2.safetensors\", which", Assert.Throws<FileNotFoundException>(() => Checkpoint.Read(folder.Path, CPU)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tensors_that_are_missing_too_many_or_misshapen_are_all_named()
    {
        using var folder = new TemporaryFolder();
        using var policy = Random(Small);
        using var scope = NewDisposeScope();
        Write(folder, policy, tensors =>
        {
            tensors.Remove("model.norm.weight");
            tensors["model.embed_tokens.weight"] = zeros(18, 16);
            tensors["visual.patch"] = zeros(1);
            tensors["model.layers.0.self_attn.o_proj.bias"] = ones(16);
        });
        var lines = Assert.Throws<InvalidDataException>(() => Checkpoint.Read(folder.Path, CPU)).Message.Split('\n');
        Assert.Equal(
        [
            "model.embed_tokens.weight is [18, 16]; by config.json it must be [17, 16]",
            "model.layers.0.self_attn.o_proj.bias is no parameter of the policy that config.json describes",
            "model.norm.weight is missing",
            "visual.patch is no parameter of the policy that config.json describes",
        ], lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_tied_head_biases_of_0_and_old_tables_may_be_there()
    {
        using var folder = new TemporaryFolder();
        using var policy = Random(Small);
        using var scope = NewDisposeScope();
        Write(folder, policy, tensors =>
        {
            tensors["lm_head.weight"] = tensors["model.embed_tokens.weight"];
            tensors["model.layers.0.self_attn.rotary_emb.inv_freq"] = ones(4);
            tensors["model.layers.1.self_attn.o_proj.bias"] = zeros(16);
        });
        using var read = Checkpoint.Read(folder.Path, CPU);
        Assert.Equal(Masters(policy), Masters(read));
    }

    [Fact]
    public void A_file_cut_off_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var policy = Random(Small);
        Checkpoint.Write(policy, null, folder.Path);
        using (var file = new FileStream(folder.File("model.safetensors"), FileMode.Open))
        {
            file.SetLength(file.Length - 1);
        }

        Assert.StartsWith("model.safetensors: ", Assert.Throws<InvalidDataException>(() => Checkpoint.Read(folder.Path, CPU)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_that_is_there_is_replaced_whole()
    {
        using var folder = new TemporaryFolder();
        using var first = Random(Small);
        using var second = Random(Small with { QueryKeyNorm = true });
        Checkpoint.Write(first, new CharacterTokenizer("abc"), folder.File("it"));
        Checkpoint.Write(second, null, folder.File("it"));
        using var read = Checkpoint.Read(folder.File("it"), CPU);
        Assert.Equal(Masters(second), Masters(read));
        Assert.False(File.Exists(Path.Combine(folder.File("it"), "tokenizer.json")));
        Assert.Single(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_writing_that_fails_leaves_what_was_there()
    {
        using var folder = new TemporaryFolder();
        using var policy = Random(Small);
        Checkpoint.Write(policy, null, folder.File("it"));
        Assert.Throws<IOException>(() => Checkpoint.Write(policy, new Failing(), folder.File("it")));
        using var read = Checkpoint.Read(folder.File("it"), CPU);
        Assert.Equal(Masters(policy), Masters(read));
        Assert.Single(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Qwen3_with_biases_has_those_behind_attention_that_others_expect()
    {
        using var folder = new TemporaryFolder();
        using var policy = Random(Small with { AttentionBias = true, QueryKeyNorm = true });
        Checkpoint.Write(policy, null, folder.Path);
        using var file = SafeTensors.Open(folder.File("model.safetensors"));
        Assert.Equal([16], file.Tensors["model.layers.1.self_attn.o_proj.bias"].Dimensions);
    }

    [Fact]
    public void A_folder_without_a_checkpoint_is_named()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("config.json", Assert.Throws<FileNotFoundException>(() => Checkpoint.Read(folder.Path, CPU)).Message, StringComparison.Ordinal);
        ConfigJson.Write(Small, ScalarType.Float32, null, folder.Path);
        Assert.Contains("model.safetensors", Assert.Throws<FileNotFoundException>(() => Checkpoint.Read(folder.Path, CPU)).Message, StringComparison.Ordinal);
    }

    private static Policy Random(PolicyShape shape)
    {
        var policy = new Policy(shape, CPU);
        policy.Initialise(5);
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        using var generator = new Generator(11);
        // Norms and biases, too, must differ from what a new policy has.
        policy.Parameters.Masters.Add(randn(policy.Parameters.Masters.shape, generator: generator).Times(0.1));
        return policy;
    }

    private static float[] Masters(Policy policy) => policy.Parameters.Masters.data<float>().ToArray();

    private static Dictionary<string, Tensor> Tensors(Policy policy) =>
        policy.Parameters.Shapes.ToDictionary(parameter => parameter.Name, parameter => policy.Parameters.Master(parameter.Name));

    private static void Write(TemporaryFolder folder, Policy policy, Action<Dictionary<string, Tensor>> change)
    {
        ConfigJson.Write(policy.Shape, ScalarType.Float32, null, folder.Path);
        var tensors = Tensors(policy);
        change(tensors);
        SafeTensors.Write(folder.File("model.safetensors"), [.. tensors], ScalarType.Float32);
    }

    private static void Shard(Policy policy, TemporaryFolder folder)
    {
        using var scope = NewDisposeScope();
        ConfigJson.Write(policy.Shape, ScalarType.Float32, null, folder.Path);
        var tensors = Tensors(policy).ToArray();
        SafeTensors.Write(folder.File("1.safetensors"), tensors[..5], ScalarType.Float32);
        SafeTensors.Write(folder.File("2.safetensors"), tensors[5..], ScalarType.Float32);
        var map = tensors.Select((tensor, i) => (tensor.Key, File: i < 5 ? "1.safetensors" : "2.safetensors")).ToDictionary(pair => pair.Key, pair => pair.File);
        folder.With("model.safetensors.index.json", JsonSerializer.Serialize(new { metadata = new { }, weight_map = map }));
    }

    private sealed class Failing : ISavedTokenizer
    {
        public int VocabularySize => 1;

        public int EndOfText => 0;

        public IReadOnlySet<int> Ends => new HashSet<int> { EndOfText };

        public int[] Encode(string text) => [];

        public string Decode(ReadOnlySpan<int> tokens) => "";

        public void Write(string folder) => throw new IOException("The disk is full.");
    }
}
