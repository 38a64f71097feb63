using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Training.Tokens;

namespace RewardServer.Training.Tests.Tokens;

public sealed class ChatTemplateTests
{
    private const string ChatMl = """
        {% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}
        """;

    private const string Qwen2 = """
        {% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}{{ '<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n' }}{% endif %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}
        """;

    private const string Llama3 = """
        {% set loop_messages = messages %}{% for message in loop_messages %}{% set content = '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n'+ message['content'] | trim + '<|eot_id|>' %}{% if loop.index0 == 0 %}{% set content = bos_token + content %}{% endif %}{{ content }}{% endfor %}{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{% endif %}
        """;

    private const string Llama32 = """
        {{- bos_token }}
        {%- if not date_string is defined %}
            {%- if strftime_now is defined %}
                {%- set date_string = strftime_now("%d %b %Y") %}
            {%- else %}
                {%- set date_string = "26 Jul 2024" %}
            {%- endif %}
        {%- endif %}
        {%- if messages[0]['role'] == 'system' %}{%- set system_message = messages[0]['content']|trim %}{%- set messages = messages[1:] %}{%- else %}{%- set system_message = "" %}{%- endif %}
        {{- "<|start_header_id|>system<|end_header_id|>\n\n" }}
        {{- "Cutting Knowledge Date: December 2023\n" }}
        {{- "Today Date: " + date_string + "\n\n" }}
        {{- system_message }}
        {{- "<|eot_id|>" }}
        {%- for message in messages %}{{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n'+ message['content'] | trim + '<|eot_id|>' }}{%- endfor %}
        {%- if add_generation_prompt %}{{- '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{%- endif %}
        """;

    private static readonly ChatMessage[] Question = [new("user", " Hi ")];
    private static readonly ChatMessage[] WithSystem = [new("system", "S "), new("user", "U"), new("assistant", "A")];

    [Fact]
    public void ChatML_writes_messages_as_they_are()
    {
        var template = ChatTemplate.Of(ChatMl);
        Assert.Equal("<|im_start|>user\n Hi <|im_end|>\n<|im_start|>assistant\n", template.Render(Question));
        Assert.Equal("<|im_start|>system\nS <|im_end|>\n<|im_start|>user\nU<|im_end|>\n<|im_start|>assistant\nA<|im_end|>\n", template.Render(WithSystem, open: false));
    }

    [Fact]
    public void Qwen2_speaks_for_the_system_where_nobody_does()
    {
        var template = ChatTemplate.Of(Qwen2);
        Assert.Equal("<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n<|im_start|>user\n Hi <|im_end|>\n<|im_start|>assistant\n", template.Render(Question));
        Assert.StartsWith("<|im_start|>system\nS <|im_end|>\n<|im_start|>user", template.Render(WithSystem), StringComparison.Ordinal);
    }

    [Fact]
    public void Llama_3_trims_messages_and_begins_the_text()
    {
        Assert.Equal("<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\nHi<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n", ChatTemplate.Of(Llama3).Render(Question));
        Assert.Equal(
            "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nS<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nU<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\nA<|eot_id|>",
            ChatTemplate.Of(Llama3).Render(WithSystem, open: false));
    }

    [Fact]
    public void Later_ones_of_Llama_3_say_which_day_it_is()
    {
        const string Dates = "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nCutting Knowledge Date: December 2023\nToday Date: ";
        var fixedDay = Llama32.Replace("strftime_now(\"%d %b %Y\")", "\"26 Jul 2024\"", StringComparison.Ordinal);
        Assert.StartsWith(Dates + "26 Jul 2024\n\n<|eot_id|><|start_header_id|>user", ChatTemplate.Of(fixedDay).Render(Question), StringComparison.Ordinal);
        Assert.StartsWith(Dates + "05 Feb 2001\n\nS<|eot_id|><|start_header_id|>user", ChatTemplate.Of(Llama32, time: new Day()).Render(WithSystem), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ '<s>[INST] ' + messages[0]['content'] + ' [/INST]' }}")]
    [InlineData("{{ '<|im_start|>' + '<|im_sep|>' + '<|im_end|>' }}")]
    [InlineData("{{ '<|im_start|>' + message['content'] | trim + '<|im_end|>' }}")]
    [InlineData("{{ '<｜User｜>' }}")]
    [InlineData("{{ bos_token + '<|start_header_id|>' + '<|end_header_id|>' + message['content'] + '<|eot_id|>' }}")]
    public void Any_other_template_is_refused_and_the_two_are_named(string template)
    {
        var message = Assert.Throws<InvalidDataException>(() => ChatTemplate.Of(template, "file")).Message;
        Assert.StartsWith("file: is neither ChatML (Qwen) nor Llama 3's", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_template_is_found_in_either_file()
    {
        using var folder = new TemporaryFolder().With("tokenizer_config.json", JsonSerializer.Serialize(new { chat_template = Llama3 }));
        Assert.StartsWith("<|begin_of_text|>", ChatTemplate.Read(folder.Path).Render(Question), StringComparison.Ordinal);
        folder.With("chat_template.jinja", ChatMl);
        Assert.StartsWith("<|im_start|>", ChatTemplate.Read(folder.Path).Render(Question), StringComparison.Ordinal);
        using var empty = new TemporaryFolder().With("tokenizer_config.json", "{}");
        Assert.Throws<FileNotFoundException>(() => ChatTemplate.Read(empty.Path));
    }

    [Fact]
    public void A_role_that_no_template_writes_is_named_with_its_place() =>
        Assert.Contains("messages[1].role is \"tool\"", Assert.Throws<ArgumentException>(() => ChatTemplate.Of(ChatMl).Render([Question[0], new("tool", "x")])).Message, StringComparison.Ordinal);

    private sealed class Day : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => new(2001, 2, 5, 12, 0, 0, TimeSpan.Zero);
    }
}
