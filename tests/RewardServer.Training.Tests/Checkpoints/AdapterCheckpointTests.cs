using System.Text.Json.Nodes;
using RewardServer.Training.Checkpoints;
using RewardServer.Training.Policies;
using RewardServer.Training.Tensors;
using RewardServer.Training.Tests.Policies;
using RewardServer.Training.Tokens;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Checkpoints;

/// <summary>Adapters as PEFT writes and reads them.</summary>
public sealed class AdapterCheckpointTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Policy whole = SmallPolicy.Drawn(SmallPolicy.OfKind("qwen2"));
    private readonly Policy adapted;

    public AdapterCheckpointTests()
    {
        adapted = SmallLora.Drawn(whole, SmallLora.Some);
        Checkpoint.Write(whole, null, Whole);
        AdapterCheckpoint.Write(adapted, Whole, null, Adapters);
    }

    private string Whole => folder.File("whole");

    private string Adapters => folder.File("adapters");

    public void Dispose()
    {
        adapted.Dispose();
        whole.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Tensors_and_members_are_called_as_PEFT_calls_them()
    {
        using var file = SafeTensors.Open(Path.Combine(Adapters, "adapter_model.safetensors"));
        Assert.Equal(3 * 5 * 2, file.Tensors.Count);
        Assert.Equal([3, 32], file.Tensors["base_model.model.model.layers.2.self_attn.q_proj.lora_A.weight"].Dimensions);
        Assert.Equal([16, 3], file.Tensors["base_model.model.model.layers.0.self_attn.v_proj.lora_B.weight"].Dimensions);
        Assert.Equal([3, 48], file.Tensors["base_model.model.model.layers.1.mlp.down_proj.lora_A.weight"].Dimensions);
        var config = JsonNode.Parse(File.ReadAllText(Path.Combine(Adapters, "adapter_config.json")))!;
        Assert.Equal(("LORA", "CAUSAL_LM", Whole, 3, 6), ((string?)config["peft_type"], (string?)config["task_type"], (string?)config["base_model_name_or_path"], (int)config["r"]!, (int)config["lora_alpha"]!));
        Assert.Equal(["q_proj", "v_proj", "gate_proj", "up_proj", "down_proj"], config["target_modules"]!.AsArray().Select(target => (string?)target));
        Assert.False(File.Exists(Path.Combine(Adapters, "config.json")));
    }

    [Fact]
    public void Adapters_go_on_as_they_were_written()
    {
        using var read = Checkpoint.ReadFrozen(Whole, CPU, lora: SmallLora.Some);
        Assert.Equal(SmallLora.Weights(whole), SmallLora.Weights(read));
        read.Initialise(1);
        AdapterCheckpoint.Read(Adapters, read);
        Assert.Equal(Numbers(adapted), Numbers(read));
    }

    [Fact]
    public void A_folder_of_adapters_is_read_as_the_policy_that_they_make()
    {
        using var scope = NewDisposeScope();
        using var merged = SmallLora.Merged(whole, adapted);
        using var read = Checkpoint.Read(Adapters, CPU);
        using var frozen = Checkpoint.ReadFrozen(Adapters, CPU, ScalarType.BFloat16);
        Assert.Null(read.Lora);
        foreach (var weight in whole.Shape.Layout())
        {
            var expected = merged.Parameters.Master(weight.Name);
            Assert.InRange((expected - read.Parameters.Master(weight.Name)).abs().max().item<float>(), 0, 1e-6);
            // Eight bits of a number are kept; what is added is rounded once, and so was the weight.
            Assert.InRange((expected - frozen.Place(weight.Name)).abs().max().item<float>(), 0, 0.01 * expected.abs().max().item<float>());
        }
    }

    [Fact]
    public void Merged_they_are_a_checkpoint_for_whoever_knows_of_none()
    {
        Checkpoint.Write(adapted, null, folder.File("merged"));
        using var merged = Checkpoint.Read(folder.File("merged"), CPU);
        using var read = Checkpoint.Read(Adapters, CPU);
        Assert.Equal(Numbers(read), Numbers(merged));
        Assert.False(AdapterConfig.IsThere(folder.File("merged")));
    }

    [Fact]
    public void Adapters_of_adapters_are_read_from_the_ground_up()
    {
        using var scope = NewDisposeScope();
        using var ground = Checkpoint.Read(Adapters, CPU);
        using var above = Checkpoint.ReadFrozen(Adapters, CPU, lora: SmallLora.All);
        above.Initialise(3);
        using (no_grad())
        {
            above.Parameters.Masters.Fill(0.01);
        }

        AdapterCheckpoint.Write(above, Adapters, null, folder.File("above"));
        using var expected = SmallLora.Merged(ground, above);
        using var read = Checkpoint.Read(folder.File("above"), CPU);
        Assert.InRange((expected.Parameters.Masters - read.Parameters.Masters).abs().max().item<float>(), 0, 1e-6);
        Assert.Equal(Whole, AdapterConfig.WholeOf(folder.File("above")));
    }

    [Theory]
    [InlineData("peft_type", "\"LOHA\"", "adapter_config.json: peft_type is \"LOHA\"; LORA is supported")]
    [InlineData("use_dora", "true", "adapter_config.json: use_dora is true, which is not supported")]
    [InlineData("rank_pattern", "{\"q_proj\": 8}", "adapter_config.json: rank_pattern is there, which is not supported")]
    [InlineData("modules_to_save", "[\"lm_head\"]", "adapter_config.json: modules_to_save is there, which is not supported")]
    [InlineData("init_lora_weights", "\"pissa\"", "adapter_config.json: init_lora_weights is \"pissa\", which changes the weights that adapters belong to")]
    [InlineData("target_modules", "[\"q_proj\", \"foo\"]", "adapter_config.json: target_modules names 'foo', which is no matrix of the policy")]
    [InlineData("target_modules", "[\"q_proj\", \"o_proj\"]", "adapter_model.safetensors: base_model.model.model.layers.1.self_attn.o_proj.lora_A.weight is missing")]
    [InlineData("bias", "\"all\"", "adapter_config.json: bias is \"all\"; none is supported")]
    [InlineData("r", "0", "adapter_config.json: r must be at least 1, but is 0")]
    [InlineData("r", "5", "adapter_model.safetensors: base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight is [3, 32]; it must be [5, 32]")]
    [InlineData("base_model_name_or_path", "\"Qwen/Qwen2.5-0.5B\"", "base_model_name_or_path is \"Qwen/Qwen2.5-0.5B\", and there is no such folder")]
    public void What_is_not_computed_is_refused(string member, string value, string error)
    {
        Say(member, value);
        Assert.Contains(error, Assert.Throws<InvalidDataException>(() => Checkpoint.Read(Adapters, CPU)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rank_stabilised_adapters_are_scaled_by_the_root_of_their_rank()
    {
        var path = Path.Combine(Adapters, "adapter_config.json");
        Assert.Equal(2, AdapterConfig.Read(Adapters).Scale);
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"use_rslora\": false", "\"use_rslora\": true", StringComparison.Ordinal));
        Assert.Equal(6 / Math.Sqrt(3), AdapterConfig.Read(Adapters).Scale, 1e-12);
    }

    [Fact]
    public void A_folder_whose_adapters_lead_back_to_it_is_refused()
    {
        var path = Path.Combine(Adapters, "adapter_config.json");
        var config = JsonNode.Parse(File.ReadAllText(path))!;
        config["base_model_name_or_path"] = Adapters;
        File.WriteAllText(path, config.ToJsonString());
        Assert.Contains("leads from adapters to adapters", Assert.Throws<InvalidDataException>(() => Checkpoint.Read(Adapters, CPU)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tensors_that_are_no_adapters_or_lack_their_other_half_are_all_named()
    {
        using var scope = NewDisposeScope();
        Say("target_modules", "\".*q_proj\"");
        SafeTensors.Write(
            Path.Combine(Adapters, "adapter_model.safetensors"),
            [
                new("base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight", zeros(3, 32)),
                new("base_model.model.model.layers.0.self_attn.q_proj.lora_magnitude_vector", zeros(32)),
                new("base_model.model.model.layers.9.self_attn.q_proj.lora_A.weight", zeros(3, 32)),
                new("base_model.model.model.norm.lora_A.weight", zeros(3, 32)),
            ],
            ScalarType.Float32);
        Assert.Equal(
        [
            "adapter_model.safetensors: base_model.model.model.layers.0.self_attn.q_proj.lora_B.weight is missing",
            "adapter_model.safetensors: base_model.model.model.layers.0.self_attn.q_proj.lora_magnitude_vector is no adapter of a matrix of the policy",
            "adapter_model.safetensors: base_model.model.model.layers.9.self_attn.q_proj.lora_A.weight is no adapter of a matrix of the policy",
            "adapter_model.safetensors: base_model.model.model.norm.lora_A.weight is no adapter of a matrix of the policy",
        ], Assert.Throws<InvalidDataException>(() => Checkpoint.Read(Adapters, CPU)).Message.Split('\n').Order(StringComparer.Ordinal));
    }

    // Else what was trained would be read as if it had not been.
    [Fact]
    public void Adapters_that_were_lost_are_missed()
    {
        using var scope = NewDisposeScope();
        var file = Path.Combine(Adapters, "adapter_model.safetensors");
        SafeTensors.Write(file, [], ScalarType.Float32);
        Assert.Contains("adapter_model.safetensors: base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight is missing", Assert.Throws<InvalidDataException>(() => Checkpoint.Read(Adapters, CPU)).Message.Split('\n'));
        Say("target_modules", "\"all-linear\"");
        Assert.Equal("adapter_model.safetensors: there are no adapters in it", Assert.Throws<InvalidDataException>(() => Checkpoint.Read(Adapters, CPU)).Message);
    }

    [Fact]
    public void Adapters_of_some_layers_are_read()
    {
        using var scope = NewDisposeScope();
        Say("layers_to_transform", "[0]");
        SafeTensors.Write(
            Path.Combine(Adapters, "adapter_model.safetensors"),
            [
                new("base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight", ones(3, 32)),
                new("base_model.model.model.layers.0.self_attn.q_proj.lora_B.weight", ones(32, 3)),
            ],
            ScalarType.Float32);
        using var read = Checkpoint.Read(Adapters, CPU);
        const string Changed = "model.layers.0.self_attn.q_proj.weight";
        Assert.Equal(6f, (read.Parameters.Master(Changed) - whole.Parameters.Master(Changed)).max().item<float>(), 1e-5f);
        Assert.Equal(0, (read.Parameters.Master("model.layers.1.self_attn.q_proj.weight") - whole.Parameters.Master("model.layers.1.self_attn.q_proj.weight")).abs().max().item<float>());
    }

    [Fact]
    public void A_run_goes_on_with_its_own_adapters_alone()
    {
        using var other = Checkpoint.ReadFrozen(Whole, CPU, lora: SmallLora.All);
        var lines = Assert.Throws<InvalidDataException>(() => AdapterCheckpoint.Read(Adapters, other)).Message.Split('\n');
        Assert.Contains("adapter_model.safetensors: base_model.model.model.layers.0.self_attn.k_proj.lora_A.weight is missing", lines);
        using var wider = Checkpoint.ReadFrozen(Whole, CPU, lora: SmallLora.Some with { Rank = 2 });
        Assert.Contains("is [3, 32]; it must be [2, 32]", Assert.Throws<InvalidDataException>(() => AdapterCheckpoint.Read(Adapters, wider)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => AdapterCheckpoint.Write(whole, Whole, null, folder.File("none")));
    }

    [Fact]
    public void A_tokenizer_is_written_with_them()
    {
        AdapterCheckpoint.Write(adapted, Whole, new CharacterTokenizer("abc"), Adapters);
        Assert.Equal("cab", TokenizerFiles.Read(Adapters).Decode(TokenizerFiles.Read(Adapters).Encode("cab")));
    }

    private void Say(string member, string value)
    {
        var path = Path.Combine(Adapters, "adapter_config.json");
        var config = JsonNode.Parse(File.ReadAllText(path))!;
        config[member] = JsonNode.Parse(value);
        File.WriteAllText(path, config.ToJsonString());
    }

    private static float[] Numbers(Policy policy) => [.. policy.Parameters.Masters.data<float>()];
}
