"""What the programme costs, who pays, whether it fits its envelopes, and what it does to public debt.

The models are `spending_model.spending` and `debt_model.debt`: their names are taken by files here, so that nothing is
handed on.
"""
