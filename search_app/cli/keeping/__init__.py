"""How is an archive kept safe from a terminal?"""
