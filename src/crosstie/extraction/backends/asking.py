"""One question within a budget: what it may cost is set aside before, and counted after."""

from crosstie.extraction.backends.budget import MOST_OUT, Budget, budget_spent, estimated_tokens
from crosstie.extraction.backends.endpoint import Answer, Endpoint
from crosstie.extraction.backends.prompt import Messages


def ask_within(budget: Budget, endpoint: Endpoint, messages: Messages) -> Answer:
    """Return the model's answer. Raises BudgetSpent, Unanswered or BackEndError."""
    prompt = "".join(message["content"] for message in messages)
    reserved = budget.reserve(prompt)
    tokens: tuple[int, int] | None = None
    try:
        answer = endpoint.ask(messages, max_tokens=reserved.tokens_out)
        # A server that does not count is counted for.
        tokens = answer.tokens or (reserved.tokens_in, estimated_tokens(answer.content))
    finally:
        budget.settle(reserved, tokens)
    if not answer.whole and reserved.tokens_out < MOST_OUT:
        raise budget_spent()
    return answer
