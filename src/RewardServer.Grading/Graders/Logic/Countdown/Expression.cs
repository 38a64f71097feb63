namespace RewardServer.Grading.Graders.Logic.Countdown;

/// <summary>An expression of whole numbers and the four operations.</summary>
internal abstract record Expression
{
    /// <summary>The numbers in it, from left to right.</summary>
    public abstract IEnumerable<Number> Numbers { get; }
}

/// <summary>A number as its digits.</summary>
internal sealed record Number(string Digits) : Expression
{
    /// <inheritdoc/>
    public override IEnumerable<Number> Numbers => [this];
}

/// <summary>An operation, one of + - * /.</summary>
internal sealed record Operation(char Sign, Expression Left, Expression Right) : Expression
{
    /// <summary>Whether it is a number over another.</summary>
    public bool IsFraction => this is { Sign: '/', Left: Number, Right: Number };

    /// <inheritdoc/>
    public override IEnumerable<Number> Numbers => Left.Numbers.Concat(Right.Numbers);
}
