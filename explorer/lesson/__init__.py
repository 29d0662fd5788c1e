"""The lesson: capsule networks in short steps, each with a question whose answer is worked out from the digit at hand.

Pure, no word of Streamlit: `steps` is the table, `scenes` says which view a step shows, the others what is right. Words
stand in sections named `learn_` and the step's name; `explorer.views.learn` lays all of it out.
"""
